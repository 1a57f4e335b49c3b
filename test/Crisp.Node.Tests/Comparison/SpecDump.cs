using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crisp.Node.Tests.Comparison;

/// <summary>
/// Makes the pod of a request on a runtime and takes down the config.json of its container, with words in the place of
/// what differs from run to run: CONTAINER and POD for the IDs, UID for kubelet's of the pod, STATE for the runtime's
/// directory, PID for a process.
/// </summary>
public sealed partial class SpecDump(CriCalls cri, string directory, Func<string, string> configPath)
{
    public async Task<IReadOnlyDictionary<string, string>> TakeAsync(ComparedRequest request, string handler)
    {
        var pod = await cri.RunPodAsync(request.Pod, handler);
        try
        {
            var container = await cri.RunAsync(pod, request.Container, request.Pod);
            var text = (await File.ReadAllTextAsync(configPath(container)))
                .Replace(container, "CONTAINER", StringComparison.Ordinal)
                .Replace(pod, "POD", StringComparison.Ordinal)
                .Replace(request.Pod.Metadata.Uid, "UID", StringComparison.Ordinal)
                .Replace(directory, "STATE", StringComparison.Ordinal);
            return SpecFacts.Of(JsonNode.Parse(ProcessPath().Replace(text, "/proc/PID/"))!); // the file is an object
        }
        finally
        {
            await cri.StopPodAsync(pod);
            await cri.RemovePodAsync(pod);
        }
    }

    [GeneratedRegex(@"/proc/\d+/")]
    private static partial Regex ProcessPath();
}
