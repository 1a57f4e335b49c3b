using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Crisp.Testing.Images;

/// <summary>
/// An image as a registry holds it: layers, config and manifest, with the bytes that their digests cover.
/// </summary>
public sealed class TestImage
{
    public const string OciManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndexType = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private TestImage(IReadOnlyList<LayerBlob> layers, byte[] config, byte[] manifest, string manifestType)
    {
        Layers = layers;
        Config = config;
        Manifest = manifest;
        ManifestType = manifestType;
    }

    public static string HostArchitecture { get; } = RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        Architecture other => other.ToString().ToLowerInvariant(),
    };

    public IReadOnlyList<LayerBlob> Layers { get; }

    public byte[] Config { get; }

    public byte[] Manifest { get; }

    public string ManifestType { get; }

    /// <summary>The image's ID in CRI.</summary>
    public string Id => DigestOf(Config);

    public string Digest => DigestOf(Manifest);

    public static TestImage Oci(TestImageConfig config, params LayerBlob[] layers) =>
        Build(config, layers, OciManifestType, "application/vnd.oci.image.config.v1+json", HostArchitecture);

    public static TestImage Oci(TestImageConfig config, string architecture, params LayerBlob[] layers) =>
        Build(config, layers, OciManifestType, "application/vnd.oci.image.config.v1+json", architecture);

    public static TestImage DockerSchema2(TestImageConfig config, params LayerBlob[] layers) =>
        Build(
            config, layers.Select(layer => layer.AsDockerSchema2()).ToArray(), DockerManifestType,
            "application/vnd.docker.container.image.v1+json", HostArchitecture);

    /// <summary>An index (a multi-platform image) over the images, by architecture.</summary>
    public static byte[] Index(params (TestImage Image, string Architecture)[] images)
    {
        JsonArray manifests = [];
        foreach ((TestImage image, string architecture) in images)
        {
            var descriptor = Descriptor(image.ManifestType, image.Manifest);
            descriptor["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
            manifests.Add((JsonNode)descriptor);
        }

        return Bytes(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = OciIndexType, ["manifests"] = manifests });
    }

    public static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    /// <summary>
    /// The same image with a config or manifest of other bytes: what a tampering registry would serve.
    /// </summary>
    public TestImage WithConfig(byte[] config)
    {
        var manifest = ManifestOf(config, Layers, ManifestType, "application/vnd.oci.image.config.v1+json");
        return new TestImage(Layers, config, manifest, ManifestType);
    }

    /// <summary>The same image with an annotation on its manifest.</summary>
    public TestImage WithAnnotation(string key, string value)
    {
        var manifest = JsonNode.Parse(Manifest)!.AsObject(); // written as one above
        manifest["annotations"] = new JsonObject { [key] = value };
        return new TestImage(Layers, Config, Bytes(manifest), ManifestType);
    }

    private static TestImage Build(
        TestImageConfig config, LayerBlob[] layers, string manifestType, string configType, string architecture)
    {
        var configBytes = Bytes(new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["config"] = config.ToJson(),
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode?)layer.DiffId)]),
            },
        });
        return new TestImage(
            layers, configBytes, ManifestOf(configBytes, layers, manifestType, configType), manifestType);
    }

    private static byte[] ManifestOf(
        byte[] config, IReadOnlyList<LayerBlob> layers, string manifestType, string configType) =>
        Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = manifestType,
            ["config"] = Descriptor(configType, config),
            ["layers"] = new JsonArray(
                [.. layers.Select(layer => (JsonNode?)Descriptor(layer.MediaType, layer.Bytes))]),
        });

    private static JsonObject Descriptor(string mediaType, byte[] bytes) => new()
    {
        ["mediaType"] = mediaType,
        ["digest"] = DigestOf(bytes),
        ["size"] = bytes.Length,
    };

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
