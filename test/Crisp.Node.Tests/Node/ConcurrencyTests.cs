using Grpc.Core;

namespace Crisp.Node.Tests.Node;

/// <summary>Many requests at once, and callers that ask again.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ConcurrencyTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task TwentyPodsAtOnce_EachGetsItsOwnAddressAndRuns()
    {
        var pods = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RunPodAsync()));
        var containers = await Task.WhenAll(pods.Select(pod => RunSleeperAsync(pod)));

        var statuses = await Task.WhenAll(pods.Select(pod => Cri.PodAsync(pod.Id)));
        var names = await Task.WhenAll(containers.Select(id => Cri.OutputAsync(id, "hostname")));
        Assert.Multiple(() =>
        {
            Assert.That(statuses.Select(status => status.Network.Ip), Is.Unique);
            Assert.That(statuses.Select(status => status.State), Is.All.EqualTo(PodSandboxState.SandboxReady));
            Assert.That(names, Is.EqualTo(pods.Select(pod => pod.Config.Hostname)));
        });

        await Task.WhenAll(pods.Select(async pod =>
        {
            await Cri.StopPodAsync(pod.Id);
            await Cri.RemovePodAsync(pod.Id);
        }));
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task PodsThatShareProcessesAtOnce_DoNotMeetInTheirInitsRoot()
    {
        var pods = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => RunPodAsync(config => config.OnNodeNetwork().WithSharedProcesses())));

        var statuses = await Task.WhenAll(pods.Select(pod => Cri.PodAsync(pod.Id)));

        Assert.That(statuses.Select(status => status.State), Is.All.EqualTo(PodSandboxState.SandboxReady));
        Assert.That(
            Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "init"), "*", SearchOption.AllDirectories)
                .Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "crisp-monitor", "dev", "proc", "sys" }));
    }

    [Test]
    public async Task SameNameAtOnce_IsOnePod()
    {
        var config = PodRequest.Of(Node);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            try
            {
                return (object)await Cri.RunPodAsync(config);
            }
            catch (RpcException refusal)
            {
                return refusal.StatusCode;
            }
        }));

        Assert.That(answers.OfType<string>().Distinct(), Has.Exactly(1).Items);
        Assert.That(answers.OfType<StatusCode>(), Is.All.EqualTo(StatusCode.AlreadyExists));
        Assert.That(await Cri.ListPodsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task StopAndRemove_AtOnceFromMany_AllSucceed()
    {
        var pod = await RunPodAsync();
        var id = await RunSleeperAsync(pod);

        await Task.WhenAll(
            Cri.StopAsync(id, 1), Cri.StopAsync(id, 1), Cri.StopPodAsync(pod.Id), Cri.StopPodAsync(pod.Id),
            Cri.RemovePodAsync(pod.Id), Cri.RemovePodAsync(pod.Id));

        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }
}
