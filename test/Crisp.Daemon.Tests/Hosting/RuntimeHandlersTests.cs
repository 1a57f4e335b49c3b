using Crisp.Daemon.Configuration;
using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RuntimeHandlersTests : IDisposable
{
    private readonly TemporaryDirectory _bin = new();

    public void Dispose() => _bin.Dispose();

    [Test]
    public void Nothing_Configured_CrunIsTheDefaultWhereItIsInstalled()
    {
        Install("runc");
        Assert.That(Find(new CrispConfiguration()).Default, Is.EqualTo("runc"));
        Install("crun");
        var handlers = Find(new CrispConfiguration());
        Assert.That(handlers.Default, Is.EqualTo("crun"));
        Assert.That(handlers.All.Select(h => $"{h.Name} {h.Path} {h.Root}"), Is.EqualTo(new[]
        {
            $"crun {_bin.Path}/crun /run/crisp/crun",
            $"runc {_bin.Path}/runc /run/crisp/runc",
        }));
    }

    [Test]
    public void HostWithControllersOfBothCgroupVersions_HasRuncAsItsDefault_UnlessTheConfigurationSaysCrun()
    {
        Install("crun");
        Assert.That(Find(new CrispConfiguration(), "hugetlb").Default, Is.EqualTo("crun"), "there is nothing else");
        Install("runc");
        var handlers = Find(new CrispConfiguration(), "hugetlb");
        Assert.That(handlers.Default, Is.EqualTo("runc"));
        Assert.That(handlers.Warnings.Single(), Does.Contain("hugetlb").And.Contain("crun makes no containers"));

        var wanted = Find(
            new CrispConfiguration { Runtime = new RuntimeSettings { DefaultRuntime = "crun" } }, "hugetlb");
        Assert.That((wanted.Default, wanted.Warnings.Count), Is.EqualTo(("crun", 0)));
    }

    [Test]
    public void NoRuntimeAtAll_IsASentence() =>
        AssertMissing(new CrispConfiguration(),
            "no OCI runtime found: install crun or runc, or name one in [crio.runtime.runtimes.NAME] runtime_path");

    [Test]
    public void ConfiguredHandlerThatIsAbsent_IsLeftOut_UnlessItIsTheDefault()
    {
        Install("runc");
        var configuration = new CrispConfiguration
        {
            Handlers = new Dictionary<string, HandlerSettings> { ["kata"] = new() { RuntimePath = "/opt/none" } },
        };
        Assert.That(Find(configuration).Warnings,
            Is.EqualTo(new[] { "runtime handler kata is left out: /opt/none is not a program" }));

        AssertMissing(configuration with { Runtime = new RuntimeSettings { DefaultRuntime = "kata" } },
            "the default runtime kata cannot be used: /opt/none is not a program");
        AssertMissing(configuration with { Runtime = new RuntimeSettings { DefaultRuntime = "crun" } },
            "the default runtime crun cannot be used: no program crun on PATH");
    }

    [Test]
    public void ConfiguredPathAndRoot_WinOverTheSearch()
    {
        Install("crun");
        Install("my-crun");
        var handlers = Find(new CrispConfiguration
        {
            Handlers = new Dictionary<string, HandlerSettings>
            {
                ["crun"] = new() { RuntimePath = $"{_bin.Path}/my-crun", RuntimeRoot = "/run/mine" },
            },
        });
        Assert.That((handlers.All.Single().Path, handlers.All.Single().Root),
            Is.EqualTo(($"{_bin.Path}/my-crun", "/run/mine")));
    }

    [Test]
    public void FileThatIsNotExecutable_IsNoProgram()
    {
        _bin.Write("crun", "");
        File.SetUnixFileMode($"{_bin.Path}/crun", UnixFileMode.UserRead);
        Assert.That(new ProgramSearch(_bin.Path).Find("crun"), Is.Null);
    }

    [Test]
    public void Monitor_IsAConfiguredProgramOrASentence()
    {
        Install("crisp-monitor");
        var search = new ProgramSearch(_bin.Path);
        Assert.That(
            MonitorProgram.Find($"{_bin.Path}/crisp-monitor", search), Is.EqualTo($"{_bin.Path}/crisp-monitor"));
        var e = Assert.Throws<StartException>(() => MonitorProgram.Find("/none", search))!;
        Assert.That((e.ExitCode, e.Message),
            Is.EqualTo((ExitCodes.MonitorMissing, "[crisp] monitor_path: /none is not a program")));
    }

    private void Install(string name) =>
        File.SetUnixFileMode(_bin.Write(name, ""), UnixFileMode.UserRead | UnixFileMode.UserExecute);

    private RuntimeHandlers Find(CrispConfiguration configuration, params string[] splitControllers) =>
        RuntimeHandlers.Find(configuration, new ProgramSearch(_bin.Path), splitControllers);

    private void AssertMissing(CrispConfiguration configuration, string sentence)
    {
        var e = Assert.Throws<StartException>(() => Find(configuration))!;
        Assert.That((e.ExitCode, e.Message), Is.EqualTo((ExitCodes.RuntimeMissing, sentence)));
    }
}
