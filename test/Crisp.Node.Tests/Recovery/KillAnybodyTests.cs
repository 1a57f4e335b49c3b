using Grpc.Core;

namespace Crisp.Node.Tests.Recovery;

/// <summary>
/// Several kubelets at work while daemon, monitors, OCI runtimes and containers are killed at random: each of them
/// gets, by asking again, what it wants, and after the last pod nothing is left. The seed chooses who dies when.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class KillAnybodyTests(string runtime) : NodeFixture(runtime)
{
    private const int Kubelets = 4;
    private const int PodsOfEach = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public async Task EveryPodLivesAndGoes([Values(1, 2, 3)] int seed)
    {
        ExpectError(""); // what is killed is complained about
        using CancellationTokenSource working = new();
        Task killing = KillAsync(new Random(seed), working.Token);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Kubelets).Select(_ => RunPodsAsync()));
        }
        finally
        {
            await working.CancelAsync();
            await killing;
        }

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    private async Task RunPodsAsync()
    {
        for (int number = 0; number < PodsOfEach; number++)
        {
            PodSandboxConfig config = PodRequest.Of(Node);
            if (number % 2 == 1)
                config.OnNodeNetwork();
            string pod = await AskUntilAnsweredAsync("RunPodSandbox", () => Cri.RunPodAsync(config));
            string id = await RunContainerAsync(new Pod(pod, config));
            await AskUntilDoneAsync("StopContainer", () => Cri.StopAsync(id, 0));
            await AskUntilDoneAsync("RemoveContainer", () => Cri.RemoveAsync(id));
            await AskUntilDoneAsync("StopPodSandbox", () => Cri.StopPodAsync(pod));
            await AskUntilDoneAsync("RemovePodSandbox", () => Cri.RemovePodAsync(pod));
        }
    }

    /// <summary>
    /// As kubelet does it: one that failed or died is left for the pod's end, and the next attempt has the next number.
    /// </summary>
    private async Task<string> RunContainerAsync(Pod pod)
    {
        uint attempt = 0;
        return await AskUntilAnsweredAsync("a container that answers", async () =>
        {
            ContainerConfig container = Container(pod, "sleep", "1000");
            container.Metadata.Attempt = attempt++;
            string id = await RunAsync(pod, container);
            Assert.That(await Cri.OutputAsync(id, "echo", "alive"), Is.EqualTo("alive"));
            return id;
        });
    }

    private async Task KillAsync(Random random, CancellationToken working)
    {
        while (!working.IsCancellationRequested)
        {
            // The moment is the test's input, not a wait for something.
            await Task.Delay(random.Next(20, 250), CancellationToken.None);
            int[] others = [.. SlotProcesses.Find(Node.Slot).Where(id => id != Node.Daemon.Id)];
            if (others.Length > 0 && random.Next(3) > 0)
            {
                SlotProcesses.Kill(others[random.Next(others.Length)]);
                continue;
            }

            await Node.KillDaemonAsync();
            await Node.StartDaemonAsync();
        }
    }

    private static Task AskUntilDoneAsync(string what, Func<Task> call) => AskUntilAnsweredAsync(what, async () =>
    {
        await call();
        return true;
    });

    private static async Task<T> AskUntilAnsweredAsync<T>(string what, Func<Task<T>> call)
    {
        (T? answer, string _) = await Eventually.GetAsync<(T? Answer, string Error)>(
            what,
            async () =>
            {
                try
                {
                    return (await call(), "");
                }
                catch (Exception e) when (e is RpcException or InvalidOperationException)
                {
                    return (default, e.Message);
                }
            },
            last => last.Error.Length == 0,
            Patience);
        return answer!;
    }
}
