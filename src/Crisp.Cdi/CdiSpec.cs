namespace Crisp.Cdi;

/// <summary>A CDI file (https://github.com/cncf-tags/container-device-interface/blob/main/SPEC.md).</summary>
internal sealed record CdiSpec
{
    public string? CdiVersion { get; init; }

    /// <summary>"vendor.com/class".</summary>
    public string? Kind { get; init; }

    public IReadOnlyList<CdiDevice>? Devices { get; init; }

    /// <summary>Made once for a container that gets any of the devices.</summary>
    public CdiEdits? ContainerEdits { get; init; }
}
