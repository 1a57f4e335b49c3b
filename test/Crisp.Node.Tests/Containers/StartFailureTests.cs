using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>A container that the OCI runtime has created, and cannot start.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class StartFailureTests(string runtime) : NodeFixture(runtime)
{
    /// <summary>
    /// What a runtime's start opens to have the container's process go on: without it no start succeeds.
    /// </summary>
    private const string StartSignal = "exec.fifo";

    [Test]
    public async Task Status_IsExitedWithStartError_AndTheRuntimesWords_AlsoAfterARestart()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await CreateAsync(pod, Container(pod, "sleep", "1000"));
        int process = await Cri.PidAsync(id);
        File.Delete(Path.Combine(Node.RunRoot, RuntimeName, id, StartSignal));

        RpcException refusal = await Refused.ExpectAsync(() => Cri.StartAsync(id));
        ContainerStatus status = await Cri.ContainerAsync(id);
        await Node.RestartDaemonAsync();
        ContainerStatus later = await Cri.ContainerAsync(id);

        Assert.Multiple(() =>
        {
            Assert.That(refusal.Status.Detail, Does.StartWith($"{RuntimeName} start of container \"{id}\" failed: "));
            Assert.That(status.State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That((status.ExitCode, status.Reason), Is.EqualTo((128, "StartError")), "as containerd has it");
            Assert.That(status.Message, Is.EqualTo(refusal.Status.Detail));
            Assert.That(status.StartedAt, Is.GreaterThanOrEqualTo(status.CreatedAt));
            Assert.That(status.FinishedAt, Is.GreaterThanOrEqualTo(status.StartedAt));
            Assert.That(later, Is.EqualTo(status));
        });
        await Eventually.BecomesTrueAsync(
            "the process that was never started is gone", () => !Directory.Exists($"/proc/{process}"));
    }

    [Test]
    public async Task Container_IsNotStartedAgain_AndIsRemoved_AndAnotherTakesItsName()
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig container = Container(pod, "sh", "-c", "echo started; sleep 1000");
        string id = await CreateAsync(pod, container);
        File.Delete(Path.Combine(Node.RunRoot, RuntimeName, id, StartSignal));
        await Refused.ExpectAsync(() => Cri.StartAsync(id));

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.StartAsync(id), id);
        await Cri.StopAsync(id, graceSeconds: 0);
        await Cri.RemoveAsync(id);

        await (await Cri.LogAsync(await RunAsync(pod, container))).WaitForAsync("started");
    }
}
