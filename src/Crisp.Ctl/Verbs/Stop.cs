using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Stop : Verb
{
    internal override string Name => "stop";

    internal override string Summary => "Stop containers";

    internal override string Arguments => "CONTAINER-ID...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Number(
            "timeout", 't', "Seconds after the stop signal until the container is killed") with { Default = "0" },
        Flag.Switch("all", 'a', "All containers that run"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Flags.Switch("all") && call.Arguments.Count > 0)
            throw new UsageException("--all and container IDs contradict each other");
        var ids = call.Flags.Switch("all")
            ? await RunningAsync(call, ct)
            : call.Expect(1, int.MaxValue, "a container ID, or --all,");
        return await ForEachAsync(
            call, ids, "cannot stop container", id => StopAsync(call, id, call.Flags.Number("timeout"), ct));
    }

    internal static async Task StopAsync(Invocation call, string id, long timeoutSeconds, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new StopContainerRequest { ContainerId = id, Timeout = timeoutSeconds };
        await call.CallAsync("StopContainer", options => runtime.StopContainerAsync(request, options), ct);
        await call.Text.WriteLineAsync(id);
    }

    private static async Task<IReadOnlyList<string>> RunningAsync(Invocation call, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListContainersRequest
        {
            Filter = new ContainerFilter
            {
                State = new ContainerStateValue { State = ContainerState.ContainerRunning }
            },
        };
        var answer = await call.CallAsync(
            "ListContainers", options => runtime.ListContainersAsync(request, options), ct);
        return [.. answer.Containers.Select(container => container.Id)];
    }
}
