using System.Text.Json.Nodes;
using Crisp.Daemon.Inspection;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Daemon.Tests.Inspection;

public sealed class ContainerDocumentTests
{
    [Test]
    public void Container_HasWhatCAdvisorReads()
    {
        var answer = JsonNode.Parse(ContainerDocument.Of(Container("c1", pid: 42, createdAt: 7), Pod(initPid: null)))!;
        Assert.That(answer.ToJsonString(), Is.EqualTo(JsonNode.Parse("""
            {
              "name": "k8s_app_web_shop_u1_3", "pid": 42, "image": "busybox", "image_ref": "sha256:1",
              "created_time": 7, "labels": { "a": "<b>" }, "annotations": {}, "log_path": "/logs/c1.log",
              "root": "/var/lib/crisp/containers/c1/merged", "sandbox": "p1",
              "ip_addresses": ["10.1.0.2", "fd00::2"], "host_network": false
            }
            """)!.ToJsonString()));
    }

    [Test]
    public void Pod_IsAContainerCalledPod_WithTheProcessOfTheFirstThatRuns()
    {
        var pod = Pod(initPid: null);
        var second = Container("c2", pid: 43, createdAt: 9);
        var answer = JsonNode.Parse(
            ContainerDocument.Of(pod, [second, Container("c1", pid: 42, createdAt: 7)]))!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer["name"], Is.EqualTo("k8s_POD_web_shop_u1_2"));
            Assert.That((int)answer["pid"]!, Is.EqualTo(42));
            Assert.That((string?)answer["labels"]!["io.kubernetes.container.name"], Is.EqualTo("POD"));
            Assert.That((int)JsonNode.Parse(ContainerDocument.Of(pod, []))!["pid"]!, Is.Zero);
            Assert.That((int)JsonNode.Parse(ContainerDocument.Of(Pod(initPid: 5), [second]))!["pid"]!, Is.EqualTo(5));
        });
    }

    private static PodSnapshot Pod(int? initPid) => new()
    {
        Id = "p1",
        Config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = "web", Namespace = "shop", Uid = "u1", Attempt = 2 },
        },
        Phase = PodPhase.Ready,
        CreatedAtNanos = 5,
        RuntimeHandler = "crun",
        Ips = ["10.1.0.2", "fd00::2"],
        InitPid = initPid,
        CgroupParent = "/pods/x",
        Directory = "/var/lib/crisp/pods/p1",
    };

    private static ContainerSnapshot Container(string id, int pid, long createdAt) => new()
    {
        Id = id,
        PodId = "p1",
        Config = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "app", Attempt = 3 },
            Image = new ImageSpec { Image = "busybox" },
            Labels = { ["a"] = "<b>" },
        },
        Phase = ContainerPhase.Running,
        CreatedAtNanos = createdAt,
        StartedAtNanos = createdAt,
        FinishedAtNanos = 0,
        ExitCode = 0,
        Reason = "",
        Message = "",
        Pid = pid,
        ImageId = "sha256:1",
        LogPath = $"/logs/{id}.log",
        Mounts = [],
        User = new ContainerUserStatus(0, 0, []),
        StopSignal = "SIGTERM",
        RuntimeHandler = "crun",
        CgroupPath = "/pods/x/crio-" + id,
        Directory = $"/var/lib/crisp/containers/{id}",
    };
}
