using System.Text.Json;

namespace Crisp.OciRuntime;

/// <summary>The part of `features` (OCI runtime spec, features.md) that decides something here.</summary>
internal sealed record RuntimeFeatures
{
    public IReadOnlyList<string>? MountOptions { get; init; }

    public LinuxFeatures? Linux { get; init; }

    public IReadOnlyList<string>? PotentiallyUnsafeConfigAnnotations { get; init; }

    /// <summary>Null where this is not the answer of `features`.</summary>
    public static RuntimeFeatures? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RuntimeFeaturesContext.Default.RuntimeFeatures);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record LinuxFeatures
    {
        public MountExtensionsFeatures? MountExtensions { get; init; }
    }

    internal sealed record MountExtensionsFeatures
    {
        public SwitchFeature? Idmap { get; init; }
    }

    internal sealed record SwitchFeature
    {
        public bool? Enabled { get; init; }
    }
}
