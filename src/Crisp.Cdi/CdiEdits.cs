using System.Text.Json;

namespace Crisp.Cdi;

/// <summary>What is changed in a container's config.json.</summary>
internal sealed record CdiEdits
{
    /// <summary>"NAME=value".</summary>
    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyList<CdiDeviceNode>? DeviceNodes { get; init; }

    public IReadOnlyList<CdiMount>? Mounts { get; init; }

    public IReadOnlyList<CdiHook>? Hooks { get; init; }

    public IReadOnlyList<uint>? AdditionalGids { get; init; }

    /// <summary>Not made here; a device that wants it is refused.</summary>
    public JsonElement? IntelRdt { get; init; }

    /// <summary>Not made here; a device that wants it is refused.</summary>
    public JsonElement? NetDevices { get; init; }
}
