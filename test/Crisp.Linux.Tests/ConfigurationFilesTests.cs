namespace Crisp.Linux.Tests;

public class ConfigurationFilesTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("files").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Read_FilesWithTheExtension_InTheOrderOfTheirNames()
    {
        File.WriteAllText(Path.Combine(_directory, "b.json"), "b");
        File.WriteAllText(Path.Combine(_directory, "a.json"), "a");
        File.WriteAllText(Path.Combine(_directory, "c.json~"), "c");

        Assert.That(
            Read().Select(file => (Path.GetFileName(file.Path), (char)file.Content.Span[0])),
            Is.EqualTo(new[] { ("a.json", 'a'), ("b.json", 'b') }));
    }

    [Test]
    public void Read_NoDirectory_IsNothing() =>
        Assert.That(ConfigurationFiles.Read(["/not/there"], [".json"]), Is.Empty);

    [Test]
    public void Read_TooLong_IsAProblem()
    {
        using (var file = File.Create(Path.Combine(_directory, "big.json")))
            file.SetLength(1L << 34);

        Assert.That(Read().Single().Problem, Does.Contain("longer"));
    }

    [Test]
    public void Same_OtherContentOfTheSameLength_IsNotTheSame()
    {
        var path = Path.Combine(_directory, "a.json");
        File.WriteAllText(path, "one");
        var before = Read();
        File.WriteAllText(path, "two");

        Assert.That(ConfigurationFiles.Same(before, Read()), Is.False);
        Assert.That(ConfigurationFiles.Same(Read(), Read()), Is.True);
    }

    private IReadOnlyList<ConfigurationFile> Read() => ConfigurationFiles.Read([_directory], [".json"]);
}
