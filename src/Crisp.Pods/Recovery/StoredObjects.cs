using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods.Recovery;

/// <summary>
/// Reads pods and containers back from disk. One that was never finished, or whose record or request is torn, is not
/// among them: whatever it left is removed by its ID.
/// </summary>
internal sealed class StoredObjects(NodeState node)
{
    internal List<Pod> ReadPods() => [.. IdsIn(node.Layout.Pods).Select(ReadPod).OfType<Pod>()];

    internal List<Container> ReadContainers() =>
        [.. IdsIn(node.Layout.Containers).Select(ReadContainer).OfType<Container>()];

    /// <summary>The names in a directory; none when it is not there.</summary>
    internal static IEnumerable<string> IdsIn(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path))
        : [];

    private Pod? ReadPod(string id)
    {
        var directory = node.Layout.Pod(id);
        PodRecord? record = RecordFile.Read(Path.Combine(directory, FileNames.Record), RecordJson.Default.PodRecord);
        if (record is null || record.Id != id || record.Stage == PodStage.Creating)
            return null;
        return ReadRequest(directory, RunPodSandboxRequest.Parser) is { Config.Metadata: not null } request
            ? new Pod(request, record, node.Layout)
            : null;
    }

    private Container? ReadContainer(string id)
    {
        var directory = node.Layout.Container(id);
        ContainerRecord? record = RecordFile.Read(
            Path.Combine(directory, FileNames.Record), RecordJson.Default.ContainerRecord);
        if (record is null || record.Id != id || record.Stage == ContainerStage.Creating)
            return null;
        return ReadRequest(directory, CreateContainerRequest.Parser) is { Config.Metadata: not null } request
            ? new Container(request, record, node.Layout, node.Time)
            : null;
    }

    private static T? ReadRequest<T>(string directory, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(File.ReadAllBytes(Path.Combine(directory, FileNames.Request)));
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or FileNotFoundException)
        {
            return null;
        }
    }
}
