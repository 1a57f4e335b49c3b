namespace Crisp.Cdi;

/// <summary>A mount of a host path.</summary>
internal sealed record CdiMount
{
    public string? HostPath { get; init; }

    public string? ContainerPath { get; init; }

    public IReadOnlyList<string>? Options { get; init; }

    public string? Type { get; init; }
}
