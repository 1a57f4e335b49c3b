using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Documents;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class RunPod : Verb
{
    internal override string Name => "runp";

    internal override string Summary => "Run a new pod";

    internal override string Arguments => "POD-CONFIG.[json|yaml]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("runtime", 'r', "Runtime handler; which there are, the runtime decides"),
        Flag.Duration("cancel-timeout", 'T', "Cancel the call after this time"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var pod = PodDocument.Load(call.Expect(1, 1, "the pod configuration")[0], call.Terminal.ErrorText);
        await call.Text.WriteLineAsync(await RunAsync(call, pod, ct));
        return 0;
    }

    /// <returns>The pod's ID.</returns>
    internal static async Task<string> RunAsync(Invocation call, PodSandboxConfig pod, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new RunPodSandboxRequest { Config = pod, RuntimeHandler = call.Flags.Text("runtime") };
        using var patience = Patience.Of(call, "cancel-timeout", ct);
        var answer = await call.CallAsync(
            "RunPodSandbox", options => runtime.RunPodSandboxAsync(request, options), patience.Token);
        return answer.PodSandboxId;
    }
}
