using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class WritableLayerTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisp-layer-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Measure_CountsInodesAndBlocks()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "a/b"));
        File.WriteAllBytes(Path.Combine(_directory, "a/b/file"), new byte[100_000]);
        var size = WritableLayer.TryMeasure(_directory, WritableLayer.AtOnce);
        Assert.That(size?.Inodes, Is.EqualTo(3));
        Assert.That(size?.Bytes, Is.GreaterThanOrEqualTo(100_000));
    }

    [Test]
    public void Measure_FollowsNoLink()
    {
        Directory.CreateSymbolicLink(Path.Combine(_directory, "out"), "/usr");
        Assert.That(WritableLayer.TryMeasure(_directory, WritableLayer.AtOnce)?.Inodes, Is.EqualTo(1));
    }

    [Test]
    public void Measure_MoreThanTheBound_IsNull()
    {
        foreach (var number in Enumerable.Range(0, 10))
            File.WriteAllText(Path.Combine(_directory, number.ToString()), "");
        Assert.That(WritableLayer.TryMeasure(_directory, mostEntries: 5), Is.Null);
    }

    [Test]
    public void Measure_NotThere_IsNull() =>
        Assert.That(WritableLayer.TryMeasure(Path.Combine(_directory, "gone"), WritableLayer.AtOnce), Is.Null);
}
