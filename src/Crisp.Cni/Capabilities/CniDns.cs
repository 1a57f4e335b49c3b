namespace Crisp.Cni.Capabilities;

/// <summary>The "dns" capability: the pod's resolver as the runtime knows it.</summary>
public sealed record CniDns
{
    public IReadOnlyList<string> Servers { get; init; } = [];

    public IReadOnlyList<string> Searches { get; init; } = [];

    public IReadOnlyList<string> Options { get; init; } = [];
}
