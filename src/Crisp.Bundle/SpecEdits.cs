namespace Crisp.Bundle;

/// <summary>What devices by CDI need in config.json beside what was asked for.</summary>
public sealed record SpecEdits
{
    /// <summary>"NAME=value"; a value goes before the request's.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>One of the same path gives way.</summary>
    public IReadOnlyList<Device> Devices { get; init; } = [];

    /// <summary>One at the same place gives way.</summary>
    public IReadOnlyList<Oci.Mount> Mounts { get; init; } = [];

    public Oci.Hooks? Hooks { get; init; }

    public IReadOnlyList<uint> AdditionalGids { get; init; } = [];

    /// <param name="Node">The node; without an owner it is the container's user's.</param>
    /// <param name="Access">What the device cgroup allows: letters of "rwm".</param>
    public sealed record Device(Oci.Device Node, string Access);
}
