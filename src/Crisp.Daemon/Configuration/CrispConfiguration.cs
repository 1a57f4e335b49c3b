namespace Crisp.Daemon.Configuration;

/// <summary>
/// Everything that can be configured, with its built-in defaults. The tables and keys of the files are crio.conf's;
/// <see cref="ConfigurationKeys"/> says which member belongs to which key, and what it means.
/// </summary>
internal sealed record CrispConfiguration
{
    /// <summary>[crio] log_dir</summary>
    public string LogDirectory { get; init; } = "/var/log/crio/pods";

    /// <summary>[crio] root; empty where nobody sets it.</summary>
    public string StorageRoot { get; init; } = "";

    /// <summary>[crio] runroot; empty where nobody sets it.</summary>
    public string StorageRunRoot { get; init; } = "";

    public ApiSettings Api { get; init; } = new();

    public RuntimeSettings Runtime { get; init; } = new();

    /// <summary>[crio.runtime.runtimes.NAME]; crun and runc need no table where they are installed.</summary>
    public IReadOnlyDictionary<string, HandlerSettings> Handlers { get; init; } =
        new SortedDictionary<string, HandlerSettings>(StringComparer.Ordinal);

    public ImageSettings Image { get; init; } = new();

    public NetworkSettings Network { get; init; } = new();

    public StatsSettings Stats { get; init; } = new();

    public HouseSettings House { get; init; } = new();
}
