using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Runtime.V1;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>A node whose directories are temporary and whose clock is manual.</summary>
internal sealed class TemporaryNode : IDisposable
{
    internal const string BootId = "the present boot";

    private readonly string _directory = Directory.CreateTempSubdirectory("crisp-pods-").FullName;

    internal TemporaryNode()
    {
        var options = new PodsOptions
        {
            StateDirectory = Path.Combine(_directory, "lib"),
            RunDirectory = Path.Combine(_directory, "run"),
            NetNsDirectory = Path.Combine(_directory, "netns"),
            Handlers = [new RuntimeHandlerOptions { Name = "crun", Path = "/usr/bin/crun" }],
            DefaultHandler = "crun",
        };
        State = new NodeState(options, Time, BootId, NullLogger.Instance);
    }

    internal ManualTime Time { get; } = new();

    internal NodeState State { get; }

    internal StateLayout Layout => State.Layout;

    internal Pod WritePod(PodRecord record)
    {
        var request = new RunPodSandboxRequest
        {
            Config = new PodSandboxConfig
            {
                Metadata = new PodSandboxMetadata { Name = "p", Namespace = "n", Uid = "u" }
            },
        };
        var pod = new Pod(request, record, Layout);
        Directory.CreateDirectory(Layout.Pod(record.Id));
        File.WriteAllBytes(Path.Combine(Layout.Pod(record.Id), FileNames.Request), request.ToByteArray());
        pod.WriteFirst();
        return pod;
    }

    internal Container WriteContainer(ContainerRecord record)
    {
        var request = new CreateContainerRequest
        {
            PodSandboxId = record.PodId,
            Config = new ContainerConfig { Metadata = new ContainerMetadata { Name = "c" } },
        };
        var container = new Container(request, record, Layout, Time);
        Directory.CreateDirectory(Layout.Container(record.Id));
        File.WriteAllBytes(Path.Combine(Layout.Container(record.Id), FileNames.Request), request.ToByteArray());
        container.WriteFirst();
        return container;
    }

    internal static PodRecord PodRecord(PodStage stage, string bootId = BootId) => new()
    {
        Id = new string('a', 64),
        Stage = stage,
        BootId = bootId,
        CreatedAtNanos = 1,
        RuntimeHandler = "crun",
        CgroupParent = "/none",
    };

    internal static ContainerRecord ContainerRecord(ContainerStage stage) => new()
    {
        Id = new string('c', 64),
        PodId = new string('a', 64),
        Stage = stage,
        CreatedAtNanos = 1,
        ImageId = "sha256:1",
        RuntimeHandler = "crun",
        CgroupPath = "/none/crio-c",
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
