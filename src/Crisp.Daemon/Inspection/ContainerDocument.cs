using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crisp.Pods;

namespace Crisp.Daemon.Inspection;

/// <summary>
/// GET /containers/ID: what cAdvisor wants to know of a container, or of a pod as if it were one, in cri-o's words. It
/// finds the pod's network in the process that is named; a pod without one of its own names a container's.
/// </summary>
internal static class ContainerDocument
{
    /// <summary>By this label cAdvisor knows that a group is a pod's own.</summary>
    private const string NameLabel = "io.kubernetes.container.name";

    private const string PodName = "POD";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ContainerSnapshot container, PodSnapshot pod) => Render(json =>
    {
        WriteName(json, container.Config.Metadata.Name, pod, container.Config.Metadata.Attempt);
        json.WriteNumber("pid", container.Pid ?? 0);
        json.WriteString("image", container.Config.Image.Image);
        json.WriteString("image_ref", container.ImageId);
        json.WriteNumber("created_time", container.CreatedAtNanos);
        WriteTexts(json, "labels", container.Config.Labels);
        WriteTexts(json, "annotations", container.Config.Annotations);
        json.WriteString("log_path", container.LogPath ?? "");
        json.WriteString("root", $"{container.Directory}/merged");
        WritePod(json, pod);
    });

    public static string Of(PodSnapshot pod, IEnumerable<ContainerSnapshot> containers) => Render(json =>
    {
        WriteName(json, PodName, pod, pod.Config.Metadata.Attempt);
        json.WriteNumber("pid", pod.InitPid
            ?? containers.OrderBy(container => container.CreatedAtNanos)
                .FirstOrDefault(container => container.Phase == ContainerPhase.Running)?.Pid ?? 0);
        json.WriteString("image", "");
        json.WriteString("image_ref", "");
        json.WriteNumber("created_time", pod.CreatedAtNanos);
        WriteTexts(json, "labels", pod.Config.Labels.Where(label => label.Key != NameLabel)
            .Append(KeyValuePair.Create(NameLabel, PodName)));
        WriteTexts(json, "annotations", pod.Config.Annotations);
        json.WriteString("log_path", "");
        json.WriteString("root", pod.Directory);
        WritePod(json, pod);
    });

    private static string Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteName(Utf8JsonWriter json, string container, PodSnapshot pod, uint attempt)
    {
        var of = pod.Config.Metadata;
        json.WriteString("name", $"k8s_{container}_{of.Name}_{of.Namespace}_{of.Uid}_{attempt}");
    }

    private static void WritePod(Utf8JsonWriter json, PodSnapshot pod)
    {
        json.WriteString("sandbox", pod.Id);
        json.WriteStartArray("ip_addresses");
        foreach (var address in pod.Ips)
            json.WriteStringValue(address);
        json.WriteEndArray();
        json.WriteBoolean("host_network",
            pod.Config.Linux?.SecurityContext?.NamespaceOptions?.Network == Runtime.V1.NamespaceMode.Node);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
