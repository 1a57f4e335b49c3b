using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>An OCI runtime that is killed in the middle of create, after it has made the container's cgroup.</summary>
[TestFixture("crun")]
public class KilledRuntimeTests(string runtime) : NodeFixture(runtime)
{
    private const string Script = """
        #!/bin/sh
        case " $* " in
        *" create "*)
            group=$(sed -n 's/.*"cgroupsPath":"\([^"]*\)".*/\1/p' config.json)
            for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/memory /sys/fs/cgroup/pids; do
                [ ! -e $hierarchy/cgroup.procs ] || mkdir -p "$hierarchy$group"
            done
            kill -9 $$ ;;
        *) exec crun "$@" ;;
        esac

        """;

    private readonly string _program = Path.Combine(
        Path.GetTempPath(), $"crisp-killed-runtime-{Environment.ProcessId}");

    protected override NodeOptions Options => base.Options with
    {
        MoreSettings = $"[crio.runtime.runtimes.killed]\nruntime_path = \"{_program}\"\n",
    };

    protected override Task PrepareAsync()
    {
        File.WriteAllText(_program, Script);
        File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return Task.CompletedTask;
    }

    [OneTimeTearDown]
    public void RemoveProgram() => File.Delete(_program);

    [Test]
    public async Task Create_LeavesNoCgroup_ThatWouldKeepThePodTerminating()
    {
        var config = PodRequest.Of(Node).OnNodeNetwork();
        var pod = await Cri.RunPodAsync(config, "killed");

        await Refused.WithAsync(
            StatusCode.Internal, () => Cri.CreateAsync(pod, ContainerRequest.Of(config, Busybox, "true"), config));

        Assert.That(SlotCgroups.OfContainers(Node.Slot), Is.Empty);
    }
}
