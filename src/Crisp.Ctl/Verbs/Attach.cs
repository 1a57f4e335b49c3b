using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Streaming;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>
/// Ends with the container or with Ctrl-C; with -it the container gets that, as every other key, and Ctrl-P Ctrl-Q
/// leaves it.
/// </summary>
internal sealed class Attach : Verb
{
    internal override string Name => "attach";

    internal override string Summary => "See what a running container writes from now on, and type to it";

    internal override string Arguments => "CONTAINER-ID";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("stdin", 'i', "Pass the standard input on"),
        Flag.Switch("tty", 't', "The container has a terminal; with -i, Ctrl-P Ctrl-Q leaves it"),
        .. StreamFlags.All,
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var id = call.Expect(1, 1, "the container ID")[0];
        var streams = new CommandStreams(call.Flags.Switch("stdin"), call.Flags.Switch("tty"));
        var runtime = await call.RuntimeAsync(ct);
        var request = new AttachRequest
        {
            ContainerId = id, Stdin = streams.Stdin, Stdout = true, Stderr = !streams.Tty, Tty = streams.Tty,
        };
        var answer = await call.CallAsync("Attach", options => runtime.AttachAsync(request, options), ct);
        await using var session = await call.OpenSessionAsync(answer.Url, streams, ct);
        return await session.RunAsync(ct);
    }
}
