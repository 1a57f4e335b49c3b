using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Documents;

namespace Crisp.Ctl.Verbs;

internal sealed class Run : Verb
{
    internal override string Name => "run";

    internal override string Summary => "Run a container in a pod of its own";

    internal override string Arguments => "CONTAINER-CONFIG.[json|yaml] POD-CONFIG.[json|yaml]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("runtime", 'r', "Runtime handler; which there are, the runtime decides"),
        .. PullFlags.WhenCreating,
        .. PullFlags.Credentials,
        Flag.Duration("cancel-timeout", 'T', "Cancel each call after this time"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var arguments = call.Expect(2, 2, "the container configuration or the pod configuration");
        var container = ContainerDocument.Load(arguments[0], call.Terminal.ErrorText);
        var pod = PodDocument.Load(arguments[1], call.Terminal.ErrorText);
        if (PullFlags.IsWanted(call, byDefault: !call.Settings.DisablePullOnRun))
            await Pull.PullForAsync(call, container, pod, ct);
        var podId = await RunPod.RunAsync(call, pod, ct);
        var id = await Create.CreateAsync(call, podId, container, pod, ct);
        await Start.StartAsync(call, id, ct);
        return 0;
    }
}
