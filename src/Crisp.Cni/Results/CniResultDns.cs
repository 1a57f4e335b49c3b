namespace Crisp.Cni.Results;

/// <summary>The resolver settings a plugin suggests; kubelet's own come first.</summary>
public sealed record CniResultDns
{
    public IReadOnlyList<string> Nameservers { get; init; } = [];

    public string Domain { get; init; } = "";

    public IReadOnlyList<string> Search { get; init; } = [];

    public IReadOnlyList<string> Options { get; init; } = [];
}
