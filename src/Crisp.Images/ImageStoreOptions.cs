using System.Runtime.InteropServices;
using Crisp.OciSpec.Image;

namespace Crisp.Images;

/// <summary>What an image store needs to know; [crio.image] of the configuration.</summary>
public sealed record ImageStoreOptions
{
    /// <summary>
    /// Holds images/ (an OCI layout), layers/ (unpacked, by chain ID) and l/ (short links to layers).
    /// </summary>
    public required string Root { get; init; }

    /// <summary>What images must run on.</summary>
    public Platform Platform { get; init; } = CurrentPlatform();

    /// <summary>host[:port] of registries spoken to without TLS; loopback hosts always are.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Names never to be collected: exact, prefix* or *keyword*.</summary>
    public IReadOnlyList<string> PinnedImages { get; init; } = [];

    /// <summary>Given an image ID, the container that uses it, or null. Such an image is not removed.</summary>
    public Func<string, string?> InUseBy { get; init; } = static _ => null;

    /// <summary>Layers of one image downloaded at once.</summary>
    public int MaxParallelLayers { get; init; } = 3;

    public Limits Limits { get; init; } = new();

    public static Platform CurrentPlatform() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => new Platform { Os = "linux", Architecture = "amd64" },
        Architecture.Arm64 => new Platform { Os = "linux", Architecture = "arm64", Variant = "v8" },
        Architecture.Arm => new Platform { Os = "linux", Architecture = "arm", Variant = "v7" },
        var other => new Platform { Os = "linux", Architecture = other.ToString().ToLowerInvariant() },
    };
}
