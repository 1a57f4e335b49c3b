using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crisp.Images;
using Crisp.OciSpec.Image;
using Crisp.Pods;

namespace Crisp.Cri.Messages;

/// <summary>
/// The JSON behind <c>crictl inspect</c>, in the keys that cri-o and containerd use for the same facts.
/// </summary>
internal static class VerboseInfo
{
    private const string RuntimeType = "oci";

    private const string Snapshotter = "overlayfs";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The OCI runtimes of the node, by handler.</summary>
    public static string Of(IEnumerable<HandlerFeatures> handlers) => Write(json =>
    {
        foreach (HandlerFeatures handler in handlers)
        {
            json.WriteStartObject(handler.Name);
            json.WriteString("version", handler.Version);
            json.WriteStartArray("knownEscapes");
            foreach (string escape in handler.KnownEscapes)
                json.WriteStringValue(escape);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    });

    public static string Of(PodSnapshot pod) => Write(json =>
    {
        json.WriteString("image", ""); // pods need none
        json.WriteNumber("pid", pod.InitPid ?? 0);
        json.WriteBoolean("netNamespaceClosed", pod.NetNsPath is null);
        json.WriteString("runtimeHandler", pod.RuntimeHandler);
        json.WriteString("runtimeType", RuntimeType);
        json.WriteString("cgroupParent", pod.CgroupParent);
        json.WriteString("netnsPath", pod.NetNsPath ?? "");
        json.WriteString("directory", pod.Directory);
        ConfigInfo.Write(json, pod);
        WriteRuntimeSpec(json, pod);
    });

    public static string Of(ContainerSnapshot container) => Write(json =>
    {
        json.WriteString("sandboxID", container.PodId);
        json.WriteNumber("pid", container.Pid ?? 0);
        json.WriteBoolean("privileged", container.Config.Linux?.SecurityContext?.Privileged ?? false);
        json.WriteString("runtimeHandler", container.RuntimeHandler);
        json.WriteString("runtimeType", RuntimeType);
        json.WriteString("snapshotter", Snapshotter);
        json.WriteString("cgroupPath", container.CgroupPath);
        json.WriteString("directory", container.Directory);
        ConfigInfo.Write(json, container.Config);
        WriteRuntimeSpec(json, container);
    });

    public static string Of(StoredImage image) => Write(json =>
    {
        json.WriteString("chainID", image.ChainIds.LastOrDefault(""));
        json.WriteString("manifestDigest", image.ManifestDigest.ToString());
        json.WritePropertyName("imageSpec");
        JsonSerializer.Serialize(json, image.Config, ImageSpecJson.Default.ImageConfig);
    });

    /// <summary>
    /// Pods have no bundle, but the paths of their namespaces are looked for where cri-o's users find them, in
    /// <c>.info.runtimeSpec.linux.namespaces</c>.
    /// </summary>
    private static void WriteRuntimeSpec(Utf8JsonWriter json, PodSnapshot pod)
    {
        json.WriteStartObject("runtimeSpec");
        json.WriteString("hostname", pod.Config.Hostname);
        json.WriteStartObject("annotations");
        foreach (var (name, value) in pod.Config.Annotations)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("linux");
        json.WriteString("cgroupsPath", pod.CgroupParent);
        json.WriteStartArray("namespaces");
        foreach (var (kind, path) in pod.NetNsPath is { } network
            ? [new("network", network), .. pod.OtherNamespaces]
            : pod.OtherNamespaces)
        {
            json.WriteStartObject();
            json.WriteString("type", kind);
            json.WriteString("path", path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// The bundle's config.json as the OCI runtime got it; absent once the container has ended and it is gone.
    /// </summary>
    private static void WriteRuntimeSpec(Utf8JsonWriter json, ContainerSnapshot container)
    {
        try
        {
            var spec = File.ReadAllBytes(Path.Combine(container.Directory, "config.json"));
            json.WritePropertyName("runtimeSpec");
            json.WriteRawValue(spec);
        }
        catch (IOException)
        {
        }
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
