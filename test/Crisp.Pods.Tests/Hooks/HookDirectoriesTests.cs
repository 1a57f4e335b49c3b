using Crisp.Pods.Hooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Pods.Tests.Hooks;

public class HookDirectoriesTests
{
    private string _first = "";
    private string _second = "";

    [SetUp]
    public void MakeDirectories()
    {
        _first = Directory.CreateTempSubdirectory("hooks").FullName;
        _second = Directory.CreateTempSubdirectory("hooks").FullName;
    }

    [TearDown]
    public void RemoveDirectories()
    {
        Directory.Delete(_first, recursive: true);
        Directory.Delete(_second, recursive: true);
    }

    [Test]
    public void Read_ALaterDirectory_OverridesByName_AndNamesGiveTheOrder()
    {
        Write(_first, "20-b", "/first/b");
        Write(_first, "10-a", "/first/a");
        Write(_second, "20-b", "/second/b");
        Write(_second, "15-c", "/second/c");

        Assert.That(
            new HookDirectories([_first, _second], NullLogger.Instance).Read().Select(rule => rule.Hook.Path),
            Is.EqualTo(new[] { "/first/a", "/second/c", "/second/b" }));
    }

    [Test]
    public void Read_Changes_AreSeenAtOnce()
    {
        var hooks = new HookDirectories([_first, "/not/there"], NullLogger.Instance);
        Assert.That(hooks.Read(), Is.Empty);

        Write(_first, "a", "/a");
        var rules = hooks.Read();
        Assert.That(rules.Single().Hook.Path, Is.EqualTo("/a"));
        Assert.That(hooks.Read(), Is.SameAs(rules), "what did not change is not parsed again");

        File.Delete(Path.Combine(_first, "a.json"));
        Assert.That(hooks.Read(), Is.Empty);
    }

    private static void Write(string directory, string name, string program) => File.WriteAllText(
        Path.Combine(directory, $"{name}.json"),
        """{"version":"1.0.0","hook":{"path":"PROGRAM"},"when":{"always":true},"stages":["prestart"]}""".Replace(
            "PROGRAM", program, StringComparison.Ordinal));
}
