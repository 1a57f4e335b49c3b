namespace Crisp.Daemon.Configuration;

/// <summary>[crio.api]</summary>
internal sealed record ApiSettings
{
    public string Listen { get; init; } = "/run/crisp/crisp.sock";
}
