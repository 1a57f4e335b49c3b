using System.Text.Json.Serialization;

namespace Crisp.Cdi;

/// <summary>A device node; what is missing is taken from the host's.</summary>
internal sealed record CdiDeviceNode
{
    /// <summary>In the container.</summary>
    public string? Path { get; init; }

    /// <summary>On the host; missing: the same path.</summary>
    public string? HostPath { get; init; }

    /// <summary>b, c, u or p.</summary>
    public string? Type { get; init; }

    public long? Major { get; init; }

    public long? Minor { get; init; }

    [JsonConverter(typeof(FileModeConverter))]
    public uint? FileMode { get; init; }

    /// <summary>What the device cgroup allows: letters of "rwm".</summary>
    public string? Permissions { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }
}
