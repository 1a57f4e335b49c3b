namespace Crisp.OciSpec.Runtime;

/// <summary>The name a moved network interface gets inside.</summary>
public sealed record NetDevice
{
    public string? Name { get; init; }
}
