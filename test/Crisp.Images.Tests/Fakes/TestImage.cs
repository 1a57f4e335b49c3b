using System.IO.Compression;
using System.Text.Json;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Tests.Fakes;

/// <summary>An image made for a test: layers, configuration, manifest.</summary>
internal sealed record TestImage
{
    public required byte[] Manifest { get; init; }

    public required byte[] Config { get; init; }

    public required IReadOnlyList<(Descriptor Descriptor, byte[] Content)> Layers { get; init; }

    public required string ManifestType { get; init; }

    public Digest ManifestDigest => Digest.Sha256Of(Manifest);

    public string Id => Digest.Sha256Of(Config).ToString();

    public static TestImage Of(params byte[][] tars) => Make(tars);

    public static TestImage Make(
        IReadOnlyList<byte[]> tars,
        string layerType = MediaTypes.OciLayerGzip, string manifestType = MediaTypes.OciManifest,
        string architecture = "amd64",
        string label = "", string? configType = null, Func<Manifest, Manifest>? change = null)
    {
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new ImageConfig
            {
                Architecture = architecture,
                Os = "linux",
                Config = new ImageConfigProcess { Labels = new Dictionary<string, string> { ["test"] = label } },
                RootFs = new RootFs { Type = "layers", DiffIds = [.. tars.Select(tar => Digest.Sha256Of(tar))] },
            },
            ImageSpecJson.Default.ImageConfig);
        List<(Descriptor, byte[])> layers = [.. tars.Select(tar => Compress(tar, layerType)).Select(blob =>
            (new Descriptor { MediaType = layerType, Digest = Digest.Sha256Of(blob), Size = blob.Length }, blob))];
        var docker = manifestType == MediaTypes.DockerManifest;
        var manifest = new Manifest
        {
            SchemaVersion = 2,
            MediaType = manifestType,
            Config = new Descriptor
            {
                MediaType = configType ?? (docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig),
                Digest = Digest.Sha256Of(config),
                Size = config.Length,
            },
            Layers = [.. layers.Select(layer => layer.Item1)],
        };
        return new TestImage
        {
            Config = config,
            Layers = layers,
            Manifest = JsonSerializer.SerializeToUtf8Bytes(
                change?.Invoke(manifest) ?? manifest, ImageSpecJson.Default.Manifest),
            ManifestType = manifestType,
        };
    }

    public void PushTo(RegistryDouble registry, string repository, string tag)
    {
        registry.AddManifest(repository, tag, Manifest, ManifestType);
        registry.AddBlob(Id, Config);
        foreach (var (descriptor, content) in Layers) registry.AddBlob(descriptor.Digest.ToString(), content);
    }

    public Descriptor DescriptorFor(string os, string architecture, string? variant = null) => new()
    {
        MediaType = ManifestType,
        Digest = ManifestDigest,
        Size = Manifest.Length,
        Platform = new Platform { Os = os, Architecture = architecture, Variant = variant },
    };

    public static byte[] IndexOf(string type, params Descriptor[] manifests) => JsonSerializer.SerializeToUtf8Bytes(
        new ImageIndex { SchemaVersion = 2, MediaType = type, Manifests = manifests },
        ImageSpecJson.Default.ImageIndex);

    private static byte[] Compress(byte[] tar, string type)
    {
        if (type.EndsWith("zstd", StringComparison.Ordinal)) return External.Run("zstd", ["-q", "-c"], tar);
        if (!type.EndsWith("gzip", StringComparison.Ordinal)) return tar;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(tar);
        return compressed.ToArray();
    }
}
