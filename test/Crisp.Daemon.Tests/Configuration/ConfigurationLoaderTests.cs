using Crisp.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    private TemporaryDirectory _directory = null!; // made before each test

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void NoFileAtAll_GivesTheDefaults()
    {
        var loaded = ConfigurationLoader.Load(new ConfigurationSources { Directory = _directory.Path });
        Assert.That(ConfigurationText.Render(loaded.Configuration), Is.EqualTo(ConfigurationText.Render(new())));
        Assert.That(loaded.Warnings, Is.Empty);
    }

    [Test]
    public void FileThatWasAskedFor_MustExist()
    {
        var e = Assert.Throws<ConfigurationException>(
            () => ConfigurationLoader.Load(new ConfigurationSources { File = _directory.Path + "/none.conf" }))!;
        Assert.That(e.Message, Is.EqualTo($"{_directory.Path}/none.conf: no such configuration file"));
    }

    [Test]
    public void DropIns_AreLaidOverTheFileInLexicalOrder_WhateverTheirNames()
    {
        var file = _directory.Write("crisp.conf", """
            [crio.runtime]
            log_level = "debug"
            ctr_stop_timeout = 5
            default_env = ["A=1", "B=2"]
            """);
        _directory.Write("crisp.conf.d/20-b", "[crio.runtime]\nctr_stop_timeout = 20\n");
        _directory.Write("crisp.conf.d/10-a.conf", "[crio.runtime]\nctr_stop_timeout = 10\ndefault_env = []\n");

        var runtime = Load(file).Configuration.Runtime;

        Assert.That(runtime.LogLevel, Is.EqualTo(LogLevel.Debug));
        Assert.That(runtime.ContainerStopTimeout, Is.EqualTo(TimeSpan.FromSeconds(20)));
        Assert.That(runtime.DefaultEnv, Is.Empty);
    }

    [Test]
    public void DropIns_OfDirectoriesWithin_AreRead_ButNotThroughLinksNorWhereTheNameBeginsWithADot()
    {
        var file = _directory.Write("crisp.conf", "");
        _directory.Write("crisp.conf.d/node/10-a.conf", "[crio.runtime]\nctr_stop_timeout = 10\n");
        _directory.Write("crisp.conf.d/.git/config", "no TOML");
        Directory.CreateSymbolicLink(Path.Combine(_directory.Path, "crisp.conf.d/round"), ".");

        Assert.That(Load(file).Configuration.Runtime.ContainerStopTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void WithoutFiles_TheSocketIsTheOneOfTheProgramsName()
    {
        Assert.That(ConfigurationLoader.Load(new ConfigurationSources { File = "/nonexistent" }.WithoutFiles)
            .Configuration.Api.Listen, Is.EqualTo("/run/crisp/crisp.sock"));
        Assert.That(ConfigurationLoader.Load(ConfigurationSources.OfCriO.WithoutFiles).Configuration.Api.Listen,
            Is.EqualTo("/var/run/crio/crio.sock"));
    }

    [Test]
    public void OneFile_MayStandForTheDirectory()
    {
        var file = _directory.Write("some", "[crio.runtime]\nctr_stop_timeout = 20\n");
        var loaded = ConfigurationLoader.Load(new ConfigurationSources { File = "", Directory = file });
        Assert.That(loaded.Configuration.Runtime.ContainerStopTimeout, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [TestCase("30-c.conf~")]
    [TestCase("#30-c.conf#")]
    [TestCase(".30-c.conf.swp")]
    [TestCase("30-c.conf.dpkg-dist")]
    [TestCase("30-c.conf.rpmsave")]
    public void LeftoversOfEditorsAndPackageManagers_AreNotRead(string name)
    {
        var file = _directory.Write("crisp.conf", "");
        _directory.Write($"crisp.conf.d/{name}", "this is not TOML");
        Assert.That(() => Load(file), Throws.Nothing);
    }

    [Test]
    public void EmptyNames_ReadNothing()
    {
        var loaded = ConfigurationLoader.Load(new ConfigurationSources { File = "", Directory = "" });
        Assert.That(ConfigurationText.Render(loaded.Configuration), Is.EqualTo(ConfigurationText.Render(new())));
    }

    [Test]
    public void RootsOfCriO_HoldCrispsState()
    {
        var house = Load(_directory.Write("crisp.conf", """
            [crio]
            root = "/srv/storage"
            runroot = "/run/storage"
            [crio.runtime]
            namespaces_dir = "/run/spaces"
            """)).Configuration.House;
        Assert.That((house.Root, house.RunRoot, house.NetworkNamespaceDirectory),
            Is.EqualTo(("/srv/storage/crisp", "/run/storage/crisp", "/run/spaces/netns")));
    }

    [Test]
    public void Handlers_AreMergedKeyByKey()
    {
        var file = _directory.Write("crisp.conf", """
            [crio.runtime.runtimes.crun]
            runtime_path = "/opt/crun"
            [crio.runtime.runtimes."runc"]
            runtime_type = "oci"
            """);
        _directory.Write("crisp.conf.d/10.conf", "[crio.runtime.runtimes.crun]\nruntime_root = \"/run/x/\"\n");

        var handlers = Load(file).Configuration.Handlers;

        Assert.That(handlers.Keys, Is.EqualTo(new[] { "crun", "runc" }));
        Assert.That((handlers["crun"].RuntimePath, handlers["crun"].RuntimeRoot), Is.EqualTo(("/opt/crun", "/run/x")));
    }

    [TestCase("12MiB", 12L << 20)]
    [TestCase("7.5MiB", 15L << 19)]
    [TestCase("500000", 500_000)]
    [TestCase("", null)]
    public void Sizes_AreNumbersWithAUnit(string text, long? bytes)
    {
        var file = _directory.Write(
            "crisp.conf", $"[crio.runtime.runtimes.crun]\ncontainer_min_memory = \"{text}\"");
        Assert.That(Load(file).Configuration.Handlers["crun"].ContainerMinMemoryBytes, Is.EqualTo(bytes));
    }

    [Test]
    public void Handlers_HaveACgroupForMonitors_OrTheNodes()
    {
        var file = _directory.Write("crisp.conf", """
            [crio.runtime]
            conmon_cgroup = "pod"
            [crio.runtime.runtimes.crun]
            monitor_cgroup = "system.slice"
            [crio.runtime.runtimes.runc]
            monitor_cgroup = ""
            """);
        var configuration = Load(file).Configuration;

        Assert.That(configuration.Runtime.MonitorCgroup, Is.EqualTo("pod"));
        Assert.That(
            (configuration.Handlers["crun"].MonitorCgroup, configuration.Handlers["runc"].MonitorCgroup),
            Is.EqualTo(("system.slice", (string?)null)));

        file = _directory.Write("crisp.conf", "[crio.runtime.runtimes.crun]\nmonitor_cgroup = \"here\"");
        Assert.That(
            () => Load(file), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("monitor_cgroup"));
    }

    [Test]
    public void KeysWithoutEffect_AreOneWarningEachWithTheirLine()
    {
        var file = _directory.Write("crisp.conf", """
            tpyo = 1
            [crio]
            imagestore = "/var/lib/images"
            [crio.runtime]
            log_levle = "debug"
            pinns_path = ""
            [crio.runtime.runtimes.crun]
            monitor_path = "/usr/bin/conmon"
            colour = "red"
            [crio.runtime.workloads.management]
            activation_annotation = "x"
            [crio.metrics]
            enable_metrics = true
            [other.thing]
            a = 1
            """);

        Assert.That(Load(file).Warnings, Is.EqualTo(new[]
        {
            $"{file} line 1: unknown key tpyo",
            $"{file} line 3: crio.imagestore has no effect in crisp",
            $"{file} line 5: unknown key crio.runtime.log_levle; did you mean log_level?",
            $"{file} line 6: crio.runtime.pinns_path has no effect in crisp",
            $"{file} line 8: crio.runtime.runtimes.crun.monitor_path has no effect in crisp",
            $"{file} line 9: unknown key crio.runtime.runtimes.crun.colour",
            $"{file} line 10: crio.runtime.workloads has no effect in crisp",
            $"{file} line 13: crio.metrics.enable_metrics has no effect in crisp",
            $"{file} line 14: unknown key other",
        }));
    }

    [TestCase("[crio.runtime]\ndefualt_runtime = \"runc\"",
        "line 2: unknown key crio.runtime.defualt_runtime; did you mean default_runtime?")]
    [TestCase(
        "[crio]\nlog_level = \"debug\"", "line 2: unknown key crio.log_level; did you mean [crio.runtime] log_level?")]
    [TestCase(
        "[crio.image]\npause_imge = \"\"", "line 2: unknown key crio.image.pause_imge; did you mean pause_image?")]
    [TestCase("[crio.runtime.runtimes.crun]\nruntime_pth = \"/x\"",
        "line 2: unknown key crio.runtime.runtimes.crun.runtime_pth; did you mean runtime_path?")]
    [TestCase("[cri.api]\nlisten = \"/x\"", "line 1: unknown key cri; did you mean [crio]?")]
    [TestCase("listen = \"/x\"", "line 1: unknown key listen; did you mean [crio.api] listen?")]
    [TestCase("[zzz]\na = 1", "line 1: unknown key zzz")]
    public void UnknownKey_NamesTheOneThatWasProbablyMeant(string content, string warning)
    {
        var file = _directory.Write("crisp.conf", content);
        Assert.That(Load(file).Warnings, Is.EqualTo(new[] { $"{file} {warning}" }));
    }

    [TestCase("[crisp]\nrot = \"/data\"", "line 2: unknown key crisp.rot; did you mean root?")]
    [TestCase("[crisp]\nrunroot = \"/data\"", "line 2: unknown key crisp.runroot; did you mean run_root?")]
    [TestCase("[crisp]\nlog_level = \"debug\"",
        "line 2: unknown key crisp.log_level; did you mean [crio.runtime] log_level?")]
    [TestCase("[crsip]\nroot = \"/data\"", "line 1: unknown key crsip; did you mean [crisp]?")]
    [TestCase("[Crisp]\nroot = \"/data\"", "line 1: unknown key Crisp; did you mean [crisp]?")]
    [TestCase("[crisp]\ncolour = 1", "line 2: unknown key crisp.colour; [crisp] has root, run_root, netns_dir,")]
    public void UnknownKey_OfCrispsOwnTable_IsRefused(string content, string problem)
    {
        var file = _directory.Write("crisp.conf", content);
        Assert.That(
            () => Load(file), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"{file} {problem}"));
    }

    private const string Long =
        "/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run/run";

    [TestCase(
        "[crio.runtime]\nlog_level = \"loud\"",
        "line 2: crio.runtime.log_level must be one of trace, debug, info, warn, warning, error, fatal, panic, not \"loud\"")]
    [TestCase(
        "[crio.runtime]\ncgroup_manager = \"other\"",
        "line 2: crio.runtime.cgroup_manager must be one of \"\", cgroupfs, systemd, not \"other\"")]
    [TestCase("[crio.runtime]\nlog_level = 1", "line 2: crio.runtime.log_level must be a string, not 1")]
    [TestCase("[crio.runtime]\nctr_stop_timeout = 0",
        "line 2: crio.runtime.ctr_stop_timeout must be an integer from 1 to 2147483647, not 0")]
    [TestCase("[crio.runtime]\nctr_stop_timeout = \"30\"",
        "line 2: crio.runtime.ctr_stop_timeout must be an integer from 1 to 2147483647, not \"30\"")]
    [TestCase("[crio.runtime]\nlog_size_max = 100",
        "line 2: crio.runtime.log_size_max 100 is too small: log size max should be negative or >= 8192")]
    [TestCase("[crio.runtime]\ndefault_env = [\n\"A=1\",\n\"B\"]",
        "line 4: crio.runtime.default_env must be an array of NAME=VALUE strings, not \"B\"")]
    [TestCase(
        "[crio.runtime]\ndefault_sysctls = [\"vm.swappiness=1\"]",
        "line 2: crio.runtime.default_sysctls must be an array of NAME=VALUE strings with sysctls of network or IPC, not \"vm.swappiness=1\"")]
    [TestCase(
        "[crio.runtime]\ndefault_sysctls = [\"net.ipv4.ip_forward\"]",
        "line 2: crio.runtime.default_sysctls must be an array of NAME=VALUE strings with sysctls of network or IPC, not \"net.ipv4.ip_forward\"")]
    [TestCase("[crio.runtime]\ndefault_ulimits = [\"nofile\"]",
        "line 2: crio.runtime.default_ulimits must be an array of NAME=SOFT:HARD strings, not \"nofile\"")]
    [TestCase("[crio.runtime]\ndefault_ulimits = [\"nofile=1:x\"]",
        "line 2: crio.runtime.default_ulimits must be NAME=SOFT:HARD, not \"nofile=1:x\"")]
    [TestCase("[crio.runtime]\ndefault_ulimits = [\"nproc=9:-1\", \"nproc=2042:42\"]",
        "line 2: crio.runtime.default_ulimits is wrong: ulimit soft limit must be less than or equal to hard limit: 2042 > 42")]
    [TestCase("[crio.runtime]\ndefault_capabilities = \"KILL\"",
        "line 2: crio.runtime.default_capabilities must be an array of strings, not \"KILL\"")]
    [TestCase("[crio.runtime.runtimes.crun]\ncontainer_min_memory = \"12 apples\"",
        "line 2: crio.runtime.runtimes.crun.container_min_memory must be a size such as \"12MiB\", not \"12 apples\"")]
    [TestCase("[crio.network]\nplugin_dirs = [\"bin\"]",
        "line 2: crio.network.plugin_dirs must be an array of absolute paths, not \"bin\"")]
    [TestCase(
        "[crio.api]\nlisten = \"crisp.sock\"", "line 2: crio.api.listen must be an absolute path, not \"crisp.sock\"")]
    [TestCase("[crio.api]\nlisten = \""
        + Long + "\"", "line 2: crio.api.listen must be at most 106 bytes long, not \"" + Long + "\"")]
    [TestCase("[crisp]\nrun_root = \""
        + Long + "\"", "line 2: crisp.run_root must be at most 40 bytes long, not \"" + Long + "\"")]
    [TestCase("[crio]\nruntime = true", "line 2: crio.runtime must be a table, not a boolean")]
    [TestCase(
        "[crio.runtime.runtimes]\ncrun = \"/x\"", "line 2: crio.runtime.runtimes.crun must be a table, not \"/x\"")]
    [TestCase("[crio.runtime.runtimes.kata]\nruntime_type = \"vm\"",
        "line 2: crio.runtime.runtimes.kata.runtime_type knows only \"oci\"")]
    [TestCase("[crio.runtime.runtimes.\"../x\"]",
        "line 1: crio.runtime.runtimes.\"../x\": a handler's name has only letters, digits, '-', '_' and '.'")]
    public void WrongValue_IsRefusedWithFileLineAndKey(string text, string problem)
    {
        var file = _directory.Write("crisp.conf", text);
        var e = Assert.Throws<ConfigurationException>(() => Load(file))!;
        Assert.That(e.Message, Is.EqualTo($"{file} {problem}"));
    }

    [Test]
    public void BrokenToml_IsRefusedWithFileAndPosition()
    {
        var file = _directory.Write("crisp.conf", "[crio.runtime\n");
        var e = Assert.Throws<ConfigurationException>(() => Load(file))!;
        Assert.That(e.Message,
            Is.EqualTo($"{file} line 1, column 14: expected ']' after the table's name, found the end of the line"));
    }

    private static LoadedConfiguration Load(string file) =>
        ConfigurationLoader.Load(new ConfigurationSources { File = file });
}
