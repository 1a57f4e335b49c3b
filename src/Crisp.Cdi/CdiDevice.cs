namespace Crisp.Cdi;

/// <summary>One device of a CDI file.</summary>
internal sealed record CdiDevice
{
    public string? Name { get; init; }

    public CdiEdits? ContainerEdits { get; init; }
}
