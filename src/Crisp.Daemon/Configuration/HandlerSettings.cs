namespace Crisp.Daemon.Configuration;

/// <summary>[crio.runtime.runtimes.NAME]: one OCI runtime that pods may ask for by name.</summary>
internal sealed record HandlerSettings
{
    /// <summary>Empty: the program of the handler's name on PATH.</summary>
    public string RuntimePath { get; init; } = "";

    /// <summary>Empty: a directory of the handler's name under the volatile root.</summary>
    public string RuntimeRoot { get; init; } = "";

    /// <summary>A smaller memory limit is refused: the runtime itself could not start a container within it.</summary>
    public long? ContainerMinMemoryBytes { get; init; }

    public IReadOnlyList<string> AllowedAnnotations { get; init; } = ["devices.crio.io"];

    /// <summary>Empty: that of [crio.runtime].</summary>
    public string SeccompProfile { get; init; } = "";

    /// <summary>Null: conmon_cgroup of [crio.runtime].</summary>
    public string? MonitorCgroup { get; init; }

    public bool PrivilegedWithoutHostDevices { get; init; }

    public TimeSpan ContainerCreateTimeout { get; init; } = TimeSpan.FromSeconds(240);
}
