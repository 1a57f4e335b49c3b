namespace Crisp.Bundle;

/// <summary>What the configuration file says about every container. Defaults are CRI-O's.</summary>
public sealed record BundleOptions
{
    /// <summary>
    /// Capabilities of a container that asks for none, with or without CAP_ (crio.runtime.default_capabilities).
    /// </summary>
    public IReadOnlyList<string> DefaultCapabilities { get; init; } =
        ["CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "SETGID", "SETUID", "SETPCAP", "NET_BIND_SERVICE", "KILL"];

    /// <summary>"NAME=value" for every container (crio.runtime.default_env).</summary>
    public IReadOnlyList<string> DefaultEnvironment { get; init; } = [];

    /// <summary>Resource limits for every container (crio.runtime.default_ulimits).</summary>
    public IReadOnlyList<Ulimit> DefaultUlimits { get; init; } = [];

    /// <summary>Devices for every container (crio.runtime.additional_devices), resolved by the caller.</summary>
    public IReadOnlyList<ResolvedDevice> AdditionalDevices { get; init; } = [];

    /// <summary>Every root file system read-only (crio.runtime.read_only).</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Most processes in one container (crio.runtime.pids_limit); zero or less means no limit.</summary>
    public long PidsLimit { get; init; }
}
