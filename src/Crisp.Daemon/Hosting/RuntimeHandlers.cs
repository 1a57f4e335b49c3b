using Crisp.Daemon.Configuration;
using Crisp.Pods;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// The OCI runtimes that pods may ask for: crun and runc where they are installed, and what the configuration names.
/// A configured one that is not there is left out with a warning, as in cri-o; without the default nothing starts.
/// Where no default is configured it is crun, unless runc is there too and this host is one that crun does not work on.
/// </summary>
internal sealed record RuntimeHandlers(
    IReadOnlyList<RuntimeHandlerOptions> All, string Default, IReadOnlyList<string> Warnings)
{
    /// <summary>In order of preference where no default is configured.</summary>
    private static readonly string[] KnownRuntimes = ["crun", "runc"];

    /// <param name="configuration">What is wanted.</param>
    /// <param name="search">Where programs are looked for.</param>
    /// <param name="splitControllers">The cgroup controllers of v2 on a host whose others are of v1.</param>
    public static RuntimeHandlers Find(
        CrispConfiguration configuration, ProgramSearch search, IReadOnlyList<string> splitControllers)
    {
        var warnings = new List<string>();
        var handlers = new List<RuntimeHandlerOptions>();
        foreach (var name in KnownRuntimes.Union(configuration.Handlers.Keys))
        {
            var configured = configuration.Handlers.GetValueOrDefault(name);
            if (Program(name, configured, search) is { } program)
                handlers.Add(Handler(name, program, configured, configuration));
            else if (configured is not null)
                warnings.Add($"runtime handler {name} is left out: {Missing(name, configured)}");
        }
        var wanted = configuration.Runtime.DefaultRuntime;
        if (wanted.Length == 0
            && splitControllers.Count > 0 && KnownRuntimes.All(name => handlers.Exists(h => h.Name == name)))
        {
            wanted = "runc";
            warnings.Add("the default runtime is runc, since crun makes no containers while cgroup v2 has controllers "
                + $"({string.Join(", ", splitControllers)}) beside those of v1");
        }
        return new RuntimeHandlers(handlers, DefaultOf(wanted, handlers, configuration), warnings);
    }

    private static RuntimeHandlerOptions Handler(
        string name, string program, HandlerSettings? configured, CrispConfiguration configuration) => new()
    {
        Name = name,
        Path = program,
        Root = configured?.RuntimeRoot is { Length: > 0 } root ? root : Path.Combine(configuration.House.RunRoot, name),
        AllowedAnnotations = (configured ?? new HandlerSettings()).AllowedAnnotations,
        Seccomp = SeccompProfiles.Read(
            $"[{HandlerKeys.TablePrefix}.{name}] seccomp_profile", configured?.SeccompProfile ?? ""),
        MonitorCgroup = configured?.MonitorCgroup,
        PrivilegedWithoutHostDevices = configured?.PrivilegedWithoutHostDevices ?? false,
        MinimumMemoryBytes = configured?.ContainerMinMemoryBytes ?? (name == "crun" ? 500L << 10 : 12L << 20),
    };

    private static string? Program(string name, HandlerSettings? configured, ProgramSearch search) =>
        configured?.RuntimePath is { Length: > 0 } path
            ? ProgramSearch.IsProgram(path) ? path : null
            : search.Find(name);

    private static string DefaultOf(
        string wanted, List<RuntimeHandlerOptions> handlers, CrispConfiguration configuration)
    {
        if (wanted.Length == 0)
        {
            return handlers.FirstOrDefault()?.Name ?? throw Absent(
                "no OCI runtime found: install crun or runc, or name one in [crio.runtime.runtimes.NAME] runtime_path");
        }
        if (handlers.Exists(h => h.Name == wanted))
            return wanted;
        throw Absent(
            $"the default runtime {wanted} cannot be used: {Missing(wanted, configuration.Handlers.GetValueOrDefault(wanted))}");
    }

    private static string Missing(string name, HandlerSettings? configured) =>
        configured?.RuntimePath is { Length: > 0 } path ? $"{path} is not a program" : $"no program {name} on PATH";

    private static StartException Absent(string sentence) => new(ExitCodes.RuntimeMissing, sentence);
}
