using Grpc.Core;

namespace Crisp.Node.Tests.Cni;

/// <summary>A CNI plugin that fails, hangs or prints garbage: a clear error, and nothing left behind.</summary>
[TestFixture("crun")]
public class PluginFailureTests(string runtime) : CniDoubleFixture(runtime)
{
    protected override NodeOptions Options => base.Options with { HouseSettings = "cni_timeout = 10" };

    [Test]
    public async Task Failure_IsPassedOn_WithPluginCodeMessageAndDetails()
    {
        var refusal = await RefusedByAsync("""
            [ "$CNI_COMMAND" = ADD ] || exit 0
            echo '{"cniVersion": "1.0.0", "code": 117, "msg": "no cable", "details": "look behind the desk"}'
            exit 1
            """);

        Assert.That(
            refusal.Status.Detail,
            Does.Contain("double").And.Contain("117").And.Contain("no cable").And.Contain("look behind the desk"));
    }

    [Test]
    public async Task FailureWithoutAnAnswer_SaysTheExitCodeAndWhatWasPrinted()
    {
        var refusal = await RefusedByAsync("""
            [ "$CNI_COMMAND" = ADD ] || exit 0
            echo 'cannot go on' >&2
            exit 3
            """);

        Assert.That(refusal.Status.Detail, Does.Contain("double").And.Contain("cannot go on"));
    }

    [Test]
    public async Task Garbage_IsSaidToBeThat()
    {
        var refusal = await RefusedByAsync("""
            [ "$CNI_COMMAND" = ADD ] || exit 0
            echo 'all fine!'
            """);

        Assert.That(refusal.Status.Detail, Does.Contain("double"));
    }

    [Test]
    public async Task Hanging_IsEndedAfterTheTimeout()
    {
        var refusal = await RefusedByAsync("""
            [ "$CNI_COMMAND" = ADD ] || exit 0
            exec sleep 1000
            """);

        Assert.That(refusal.Status.Detail, Does.Contain("double"));
    }

    [Test]
    public async Task FailureOfDel_IsRetriedAtTheNextStop()
    {
        await UseDoubleAsync($$"""
            case $CNI_COMMAND in
            ADD) echo '{"cniVersion": "1.0.0", "ips": [{"address": "10.0.0.9/24"}]}' ;;
            DEL) [ -e {{Node.Directory}}/may-go ] || { echo '{"code": 11, "msg": "not now"}'; exit 1; } ;;
            esac
            """);
        var pod = await RunPodAsync();
        Assert.That((await Cri.PodAsync(pod.Id)).Network.Ip, Is.EqualTo("10.0.0.9"));

        var refusal = await Refused.ExpectAsync(() => Cri.StopPodAsync(pod.Id));
        await File.WriteAllTextAsync(Path.Combine(Node.Directory, "may-go"), "");
        await Cri.StopPodAsync(pod.Id);

        Assert.That(refusal.Status.Detail, Does.Contain("not now"));
    }

    [Test]
    public async Task Del_UsesTheConfigurationOfItsAdd_NotTodays()
    {
        var pod = await RunPodAsync();
        Assert.That(Node.Network.Leases(), Has.Count.EqualTo(1));
        await UseDoubleAsync("exit 1");

        await Cri.StopPodAsync(pod.Id);

        Assert.That(Node.Network.Leases(), Is.Empty);
    }

    private async Task<RpcException> RefusedByAsync(string script)
    {
        await UseDoubleAsync(script);
        var refusal = await Refused.ExpectAsync(() => RunPodAsync());
        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
        return refusal;
    }
}
