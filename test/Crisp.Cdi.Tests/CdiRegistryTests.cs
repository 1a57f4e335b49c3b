using Crisp.Errors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Cdi.Tests;

public class CdiRegistryTests
{
    private string _etc = "";
    private string _run = "";
    private CdiRegistry _registry = null!;

    [SetUp]
    public void MakeDirectories()
    {
        _etc = Directory.CreateTempSubdirectory("cdi").FullName;
        _run = Directory.CreateTempSubdirectory("cdi").FullName;
        _registry = new CdiRegistry([_etc, _run], NullLogger.Instance);
    }

    [TearDown]
    public void RemoveDirectories()
    {
        Directory.Delete(_etc, recursive: true);
        Directory.Delete(_run, recursive: true);
    }

    [Test]
    public void Resolve_NothingAsked_IsNothing() => Assert.That(_registry.Resolve([]), Is.Null);

    [Test]
    public void Use_OtherDirectories_CountForWhatIsAskedNext()
    {
        Write(_run, "a.json", """
            {"cdiVersion":"0.6.0","kind":"v.com/gpu","devices":[{"name":"0","containerEdits":{"env":["ZERO=1"]}}]}
            """);
        var registry = new CdiRegistry([_etc], NullLogger.Instance);
        Assert.Throws<CrispException>(() => registry.Resolve(["v.com/gpu=0"]));

        registry.Use([_run]);

        Assert.That(registry.Resolve(["v.com/gpu=0"])!.Environment, Is.EqualTo(new[] { "ZERO=1" }));
    }

    [Test]
    public void Resolve_SeveralDevicesOfOneFile_MakeItsCommonEditsOnce()
    {
        Write(_etc, "a.json", """
            {"cdiVersion":"0.6.0","kind":"v.com/gpu","containerEdits":{"env":["COMMON=1"]},"devices":[
            {"name":"0","containerEdits":{"env":["ZERO=1"]}},{"name":"1","containerEdits":{"env":["ONE=1"]}}]}
            """);

        Assert.That(_registry.Resolve(["v.com/gpu=0", "v.com/gpu=1"])!.Environment,
            Is.EqualTo(new[] { "COMMON=1", "ZERO=1", "ONE=1" }));
    }

    [Test]
    public void Resolve_ALaterDirectory_GoesBefore()
    {
        Write(_etc, "a.json", Device("WHERE=etc"));
        Write(_run, "a.json", Device("WHERE=run"));

        Assert.That(_registry.Resolve(["v.com/gpu=0"])!.Environment, Is.EqualTo(new[] { "WHERE=run" }));
    }

    [Test]
    public void Resolve_TwoFilesOfOneDirectory_IsAConflictThatNamesBoth()
    {
        Write(_etc, "a.json", Device("A=1"));
        Write(_etc, "b.json", Device("B=1"));

        Assert.That(
            () => _registry.Resolve(["v.com/gpu=0"]),
            Throws.InstanceOf<CrispException>().With.Message.Contains("a.json").And.Message.Contains("b.json"));
    }

    [Test]
    public void Resolve_UnknownDevice_NamesIt_AndTheFilesThatAreBroken()
    {
        Write(_etc, "broken.json", "{");

        Assert.That(
            () => _registry.Resolve(["v.com/gpu=7"]),
            Throws.InstanceOf<CrispException>()
                .With.Message.Contains("v.com/gpu=7").And.Message.Contains("broken.json"));
    }

    [Test]
    public void Resolve_AChangedFile_IsSeenAtOnce()
    {
        Write(_etc, "a.json", Device("A=1"));
        _registry.Resolve(["v.com/gpu=0"]);

        Write(_etc, "a.json", Device("A=2"));

        Assert.That(_registry.Resolve(["v.com/gpu=0"])!.Environment, Is.EqualTo(new[] { "A=2" }));
    }

    [Test]
    public void Resolve_Node_IsCompletedFromTheHost()
    {
        Write(_etc, "a.json", """
            {"cdiVersion":"0.6.0","kind":"v.com/gpu","devices":[{"name":"0","containerEdits":{"deviceNodes":[{"path":"/dev/mine","hostPath":"/dev/null","permissions":"r"}]}}]}
            """);

        var device = _registry.Resolve(["v.com/gpu=0"])!.Devices.Single();

        Assert.That((device.Node.Path, device.Node.Type, device.Node.Major, device.Node.Minor, device.Access),
            Is.EqualTo(("/dev/mine", "c", 1L, 3L, "r")));
    }

    [Test]
    public void Resolve_NodeThatTheHostLacks_IsSaid()
    {
        Write(_etc, "a.json", """
            {"cdiVersion":"0.6.0","kind":"v.com/gpu","devices":[{"name":"0","containerEdits":{"deviceNodes":[{"path":"/dev/not-there"}]}}]}
            """);

        Assert.That(() => _registry.Resolve(["v.com/gpu=0"]),
            Throws.InstanceOf<CrispException>().With.Message.Contains("/dev/not-there"));
    }

    [TestCase("\"intelRdt\":{\"closID\":\"gold\"}", "intelRdt")]
    [TestCase("\"netDevices\":[{\"hostInterfaceName\":\"eth9\",\"name\":\"eth0\"}]", "netDevices")]
    public void Resolve_EditsThatAreNotMade_AreRefused(string edit, string part)
    {
        Write(
            _etc, "a.json",
            """{"cdiVersion":"1.0.0","kind":"v.com/gpu","devices":[{"name":"0","containerEdits":{EDIT}}]}""".Replace(
                "EDIT", edit, StringComparison.Ordinal));

        Assert.That(
            () => _registry.Resolve(["v.com/gpu=0"]), Throws.InstanceOf<CrispException>().With.Message.Contains(part));
    }

    [Test]
    public void Resolve_MountsAndHooks_AreAsTheRuntimeWantsThem()
    {
        Write(_etc, "a.yaml", """
            cdiVersion: 0.6.0
            kind: v.com/gpu
            devices:
            - name: all
              containerEdits:
                additionalGids: [44]
                mounts:
                - hostPath: /usr/lib/gpu.so
                  containerPath: /lib/gpu.so
                  options: [ro, nosuid]
                hooks:
                - hookName: createContainer
                  path: /usr/bin/hook
                  args: [hook, run]
                  timeout: 5
            """);

        var edits = _registry.Resolve(["v.com/gpu=all"])!;

        Assert.That(edits.Mounts.Single().Options, Is.EqualTo(new[] { "rbind", "ro", "nosuid" }));
        Assert.That(edits.Mounts.Single().Type, Is.EqualTo("bind"));
        Assert.That(edits.Hooks!.CreateContainer!.Single().Timeout, Is.EqualTo(5));
        Assert.That(edits.AdditionalGids, Is.EqualTo(new uint[] { 44 }));
    }

    private static string Device(string env) =>
        """{"cdiVersion":"0.6.0","kind":"v.com/gpu","devices":[{"name":"0","containerEdits":{"env":["ENV"]}}]}""".Replace("ENV", env, StringComparison.Ordinal);

    private static void Write(string directory, string name, string content) =>
        File.WriteAllText(Path.Combine(directory, name), content);
}
