namespace Crisp.Daemon.Configuration;

/// <summary>[crio.runtime.runtimes.NAME]: one OCI runtime that pods may ask for by name.</summary>
internal sealed record HandlerSettings
{
    /// <summary>Empty: the program of the handler's name on PATH.</summary>
    public string RuntimePath { get; init; } = "";

    /// <summary>Empty: a directory of the handler's name under the volatile root.</summary>
    public string RuntimeRoot { get; init; } = "";

    public TimeSpan ContainerCreateTimeout { get; init; } = TimeSpan.FromSeconds(240);
}
