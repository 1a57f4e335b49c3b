using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Start : Verb
{
    internal override string Name => "start";

    internal override string Summary => "Start created containers";

    internal override string Arguments => "CONTAINER-ID...";

    internal override Task<int> RunAsync(Invocation call, CancellationToken ct) => ForEachAsync(
        call, call.Expect(1, int.MaxValue, "a container ID"), "cannot start container", id => StartAsync(call, id, ct));

    internal static async Task StartAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new StartContainerRequest { ContainerId = id };
        await call.CallAsync("StartContainer", options => runtime.StartContainerAsync(request, options), ct);
        await call.Text.WriteLineAsync(id);
    }
}
