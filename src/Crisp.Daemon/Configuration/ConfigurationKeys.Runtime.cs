using System.Globalization;
using Crisp.Toml;
using Microsoft.Extensions.Logging;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string RuntimeTable = "crio.runtime";

    /// <summary>Smaller than one buffer of the monitor a bound could not be kept.</summary>
    private const long MinLogSizeBytes = 8192;

    private static readonly Dictionary<string, CgroupManager> CgroupManagers = new()
    {
        ["cgroupfs"] = CgroupManager.Cgroupfs,
        ["systemd"] = CgroupManager.Systemd,
    };

    /// <summary>cri-o's names; the first of each level is the one that is printed.</summary>
    private static readonly Dictionary<string, LogLevel> LogLevels = new()
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warn"] = LogLevel.Warning,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["fatal"] = LogLevel.Critical,
        ["panic"] = LogLevel.Critical,
    };

    private static Key[] Runtime =>
    [
        RuntimeKey("default_runtime",
            "The handler of pods that name none. Empty: crun where it is installed, else runc.",
            r => TomlText.Quote(r.DefaultRuntime),
            (r, v) => r with { DefaultRuntime = v.Text() }),
        RuntimeKey("cgroup_manager",
            "Who makes the containers' cgroups: \"cgroupfs\" (crisp and the OCI runtime write the files) or \"systemd\".",
            r => Show(CgroupManagers, r.CgroupManager),
            (r, v) => r with { CgroupManager = v.Choice(CgroupManagers) }),
        RuntimeKey("default_capabilities",
            "Capabilities of a container that is not privileged, before its own additions and removals; without CAP_.",
            r => TomlText.Array(r.DefaultCapabilities),
            (r, v) => r with { DefaultCapabilities = v.Texts() }),
        RuntimeKey("default_env",
            "NAME=VALUE: set in every container, unless the image or the request sets the name.",
            r => TomlText.Array(r.DefaultEnv),
            (r, v) => r with { DefaultEnv = v.Assignments() }),
        RuntimeKey("default_ulimits",
            "NAME=SOFT:HARD, such as \"nofile=1024:4096\"; -1 is unlimited. Empty: what crisp itself has.",
            r => TomlText.Array(r.DefaultUlimits),
            (r, v) => r with { DefaultUlimits = v.Ulimits() }),
        RuntimeKey("default_sysctls",
            "NAME=VALUE: kernel parameters of every pod that has the namespace the parameter belongs to.",
            r => TomlText.Array(r.DefaultSysctls),
            (r, v) => r with { DefaultSysctls = v.Assignments() }),
        RuntimeKey("log_level",
            "What reaches crisp's own log: trace, debug, info, warn, error or fatal. Polling calls log at debug.",
            r => Show(LogLevels, r.LogLevel),
            (r, v) => r with { LogLevel = v.Choice(LogLevels) }),
        RuntimeKey("log_size_max",
            "Bytes one container's log file may reach before it is truncated, at least 8192. 0 or less: no bound "
            + "(kubelet rotates).",
            r => r.LogSizeMaxBytes.ToString(CultureInfo.InvariantCulture),
            (r, v) => r with { LogSizeMaxBytes = LogSize(v) }),
        RuntimeKey("ctr_stop_timeout",
            "Seconds a container gets between its stop signal and SIGKILL where crisp itself stops it "
            + "(StopPodSandbox), at least 1.",
            r => Show(r.ContainerStopTimeout),
            (r, v) => r with { ContainerStopTimeout = v.Seconds(min: 1) }),
    ];

    private static Key RuntimeKey(
        string name,
        string documentation,
        Func<RuntimeSettings, string> show,
        Func<RuntimeSettings, ConfiguredValue, RuntimeSettings> apply) =>
        new(RuntimeTable, name, documentation,
            c => show(c.Runtime),
            (c, v) => c with { Runtime = apply(c.Runtime, v) });

    private static long LogSize(ConfiguredValue value)
    {
        var bytes = Math.Max(0, value.Integer(-1, long.MaxValue));
        return bytes is 0 or >= MinLogSizeBytes ? bytes : throw value.Wanted($"-1, 0 or at least {MinLogSizeBytes}");
    }
}
