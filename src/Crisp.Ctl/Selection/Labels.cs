using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Selection;

/// <summary>"key=value" options, and the labels by which kubelet says which pod a container is of.</summary>
internal static class Labels
{
    internal const string PodName = "io.kubernetes.pod.name";
    internal const string PodNamespace = "io.kubernetes.pod.namespace";

    internal static IEnumerable<KeyValuePair<string, string>> Parse(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            if (equals <= 0) throw new UsageException($"\"{text}\" is not of the form key=value");
            yield return KeyValuePair.Create(text[..equals], text[(equals + 1)..]);
        }
    }

    internal static string Of(IReadOnlyDictionary<string, string> labels, string key) =>
        labels.TryGetValue(key, out var value) ? value : "unknown";
}
