using Crisp.Cri.Generations.Legacy;

namespace Crisp.Daemon.Configuration;

/// <summary>[crisp]: what cri-o has no key for, or has under another meaning.</summary>
internal sealed record HouseSettings
{
    public string Root { get; init; } = "/var/lib/crisp";

    public string RunRoot { get; init; } = "/run/crisp";

    public string NetworkNamespaceDirectory { get; init; } = "/run/netns";

    /// <summary>Empty: beside crisp itself, then /usr/libexec/crisp, then PATH.</summary>
    public string MonitorPath { get; init; } = "";

    /// <summary>Empty: where programs usually are.</summary>
    public string CriuPath { get; init; } = "";

    public bool RestoreFromImages { get; init; }

    public TimeSpan CniTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Null: as the same client's other messages show, else 1.5's.</summary>
    public LegacyLayout? LegacyLayout { get; init; }

    public string LegacySeccompRoot { get; init; } = "/var/lib/kubelet/seccomp";
}
