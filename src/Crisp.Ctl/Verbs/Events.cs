using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>Prints events as they come, until it is interrupted.</summary>
internal sealed class Events : Verb
{
    internal override string Name => "events";

    internal override string Summary => "Print what happens to containers from now on";

    internal override IReadOnlyList<Flag> Flags { get; } = [OutputFormat.Flag("json")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        using var events = runtime.GetContainerEvents(new GetEventsRequest(), call.Connection.Call(ct));
        while (await events.ResponseStream.MoveNext(ct))
        {
            var happened = events.ResponseStream.Current;
            if (OutputFormat.IsTable(call)) WriteLine(call, happened);
            else await OutputFormat.WriteAsync(call, MessageJson.Of(happened));
        }

        return 0;
    }

    private static void WriteLine(Invocation call, ContainerEventResponse happened)
    {
        var table = new Table(Rfc3339.Of(happened.CreatedAt, call.Terminal.Clock.LocalTimeZone),
            $"{happened.ContainerEventType}", happened.ContainerId);
        table.Write(call.Text);
    }
}
