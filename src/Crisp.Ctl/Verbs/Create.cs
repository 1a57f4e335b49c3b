using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Documents;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Create : Verb
{
    internal override string Name => "create";

    internal override string Summary => "Create a container in a pod";

    internal override string Arguments => "POD-ID CONTAINER-CONFIG.[json|yaml] POD-CONFIG.[json|yaml]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        .. PullFlags.WhenCreating,
        .. PullFlags.Credentials,
        Flag.Duration("cancel-timeout", 'T', "Cancel the call after this time"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var arguments = call.Expect(3, 3, "the pod ID, the container configuration or the pod configuration");
        var container = ContainerDocument.Load(arguments[1], call.Terminal.ErrorText);
        var pod = PodDocument.Load(arguments[2], call.Terminal.ErrorText);
        if (PullFlags.IsWanted(call, byDefault: call.Settings.PullImageOnCreate))
            await Pull.PullForAsync(call, container, pod, ct);
        await call.Text.WriteLineAsync(await CreateAsync(call, arguments[0], container, pod, ct));
        return 0;
    }

    /// <returns>The container's ID.</returns>
    internal static async Task<string> CreateAsync(
        Invocation call, string podId, ContainerConfig container, PodSandboxConfig pod, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod };
        using var patience = Patience.Of(call, "cancel-timeout", ct);
        var answer = await call.CallAsync(
            "CreateContainer", options => runtime.CreateContainerAsync(request, options), patience.Token);
        return answer.ContainerId;
    }
}
