using Grpc.Core;

namespace Crisp.Node.Tests.Node;

/// <summary>A runtime that is configured and does not run, beside the default that does.</summary>
[TestFixture("crun")]
public class BrokenRuntimeTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string Program = $"{NodeRun.Slot.Directory}-runtime";

    protected override NodeOptions Options => base.Options with
    {
        MoreSettings = $"""
            [crio.runtime.runtimes.second]
            runtime_path = "{Program}"
            """,
    };

    protected override Task PrepareAsync() => WriteAsync("exec /usr/sbin/runc \"$@\"");

    [OneTimeTearDown]
    public void RemoveProgram() => File.Delete(Program);

    [Test]
    public async Task ItsContainers_AreStillStoppedAndRemoved_AndNewPodsAreRefusedWithTheReason()
    {
        var config = PodRequest.Of(Node).OnNodeNetwork();
        var pod = await Cri.RunPodAsync(config, "second");
        var container = await RunSleeperAsync(new Pod(pod, config));
        await Node.StopDaemonAsync();
        await WriteAsync("[ \"$1\" != --version ] || { echo no cable >&2; exit 1; }; exec /usr/sbin/runc \"$@\"");

        await Node.StartDaemonAsync();

        await Node.Daemon.Log.SaysAsync("\"second\" cannot be used", "no cable");
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => Cri.RunPodAsync(PodRequest.Of(Node).OnNodeNetwork(), "second"),
            "no cable");
        Assert.That((await Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerRunning));
        await Cri.StopPodAsync(pod);
        await Cri.RemovePodAsync(pod);
        await RunSleeperAsync(await RunPlainPodAsync());
    }

    private static async Task WriteAsync(string script)
    {
        await File.WriteAllTextAsync(Program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
