using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class RemovePod : Verb
{
    internal override string Name => "rmp";

    internal override string Summary => "Remove pods";

    internal override string Arguments => "POD-ID...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("force", 'f', "Stop a pod that runs"),
        Flag.Switch("all", 'a', "All pods"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var ids = call.Flags.Switch("all") ? await AllAsync(call, ct) : call.Expect(1, int.MaxValue, "a pod ID");
        return await ForEachAsync(call, ids, "cannot remove pod", id => RemoveAsync(call, id, ct));
    }

    private static async Task<IReadOnlyList<string>> AllAsync(Invocation call, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var answer = await call.CallAsync(
            "ListPodSandbox", options => runtime.ListPodSandboxAsync(new ListPodSandboxRequest(), options), ct);
        return [.. answer.Items.Select(pod => pod.Id)];
    }

    private static async Task RemoveAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var asked = new PodSandboxStatusRequest { PodSandboxId = id };
        var status = await call.CallAsync(
            "PodSandboxStatus", options => runtime.PodSandboxStatusAsync(asked, options), ct);
        if (status.Status?.State == PodSandboxState.SandboxReady)
        {
            if (!call.Flags.Switch("force")) throw new CtlException("it runs; stop it first, or use --force");
            await StopPod.StopAsync(call, id, ct);
        }

        var request = new RemovePodSandboxRequest { PodSandboxId = id };
        await call.CallAsync("RemovePodSandbox", options => runtime.RemovePodSandboxAsync(request, options), ct);
        await call.Text.WriteLineAsync($"Removed sandbox {id}");
    }
}
