using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class StopPod : Verb
{
    internal override string Name => "stopp";

    internal override string Summary => "Stop pods";

    internal override string Arguments => "POD-ID...";

    internal override Task<int> RunAsync(Invocation call, CancellationToken ct) => ForEachAsync(
        call, call.Expect(1, int.MaxValue, "a pod ID"), "cannot stop pod", id => StopAsync(call, id, ct));

    internal static async Task StopAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new StopPodSandboxRequest { PodSandboxId = id };
        await call.CallAsync("StopPodSandbox", options => runtime.StopPodSandboxAsync(request, options), ct);
        await call.Text.WriteLineAsync($"Stopped sandbox {id}");
    }
}
