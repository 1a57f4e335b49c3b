namespace Crisp.Testing;

/// <summary>What differs between the nodes that tests run.</summary>
public sealed record NodeOptions
{
    /// <summary>crun or runc: the handler of pods that name none.</summary>
    public required string Runtime { get; init; }

    /// <summary>HOST:PORT of the registries that are spoken to without TLS.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>ctr_stop_timeout, short: few tests are about grace.</summary>
    public int StopTimeoutSeconds { get; init; } = 1;

    /// <summary>The state lies on a file system of this size; 0: on whatever the machine has.</summary>
    public int StateSizeMegabytes { get; init; }

    /// <summary>
    /// A command that runs the daemon in its own place (as exec does), such as env or unshare with arguments.
    /// </summary>
    public IReadOnlyList<string> DaemonWrapper { get; init; } = [];

    /// <summary>Lines for the [crio.api] table.</summary>
    public string ApiSettings { get; init; } = "";

    /// <summary>Lines for the [crio.runtime] table.</summary>
    public string RuntimeSettings { get; init; } = "";

    /// <summary>Lines for the table of each runtime handler.</summary>
    public string HandlerSettings { get; init; } = "";

    /// <summary>Lines for the [crio.image] table.</summary>
    public string ImageSettings { get; init; } = "";

    /// <summary>Lines for the [crisp] table.</summary>
    public string HouseSettings { get; init; } = "";

    /// <summary>Further tables.</summary>
    public string MoreSettings { get; init; } = "";
}
