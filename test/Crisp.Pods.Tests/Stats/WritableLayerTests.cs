using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class WritableLayerTests
{
    private string _container = "";
    private string _directory = "";

    [SetUp]
    public void MakeDirectory()
    {
        _container = Directory.CreateTempSubdirectory("crisp-layer-").FullName;
        _directory = Directory.CreateDirectory(Path.Combine(_container, "diff")).FullName;
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_container, recursive: true);

    [Test]
    public void Measure_CountsInodesAndBlocks()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "a/b"));
        File.WriteAllBytes(Path.Combine(_directory, "a/b/file"), new byte[100_000]);
        var size = WritableLayer.TryMeasure(_container, WritableLayer.AtOnce);
        Assert.That(size?.Inodes, Is.EqualTo(3));
        Assert.That(size?.Bytes, Is.GreaterThanOrEqualTo(100_000));
    }

    [TestCase("defaults/0")]
    [TestCase("volumes/0")]
    public void Measure_CountsWhatIsMountedFromBeside(string place)
    {
        File.WriteAllBytes(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_container, place)).FullName, "file"),
            new byte[100_000]);
        var size = WritableLayer.TryMeasure(_container, WritableLayer.AtOnce);
        Assert.That(size?.Inodes, Is.EqualTo(2));
        Assert.That(size?.Bytes, Is.GreaterThanOrEqualTo(100_000));
    }

    [Test]
    public void Measure_FollowsNoLink()
    {
        Directory.CreateSymbolicLink(Path.Combine(_directory, "out"), "/usr");
        Assert.That(WritableLayer.TryMeasure(_container, WritableLayer.AtOnce)?.Inodes, Is.EqualTo(1));
    }

    [Test]
    public void Measure_MoreThanTheBound_IsNull()
    {
        foreach (var number in Enumerable.Range(0, 10))
            File.WriteAllText(Path.Combine(_directory, number.ToString()), "");
        Assert.That(WritableLayer.TryMeasure(_container, mostEntries: 5), Is.Null);
    }

    [Test]
    public void Measure_NotThere_IsNull() =>
        Assert.That(WritableLayer.TryMeasure(Path.Combine(_container, "gone"), WritableLayer.AtOnce), Is.Null);
}
