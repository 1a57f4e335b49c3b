using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Streaming;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>The exit code is the command's own.</summary>
internal sealed class Exec : Verb
{
    internal override string Name => "exec";

    internal override string Summary => "Run a command in a running container";

    internal override string Arguments => "CONTAINER-ID COMMAND [ARG...]";

    internal override bool StopsAtArgument => true;

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("sync", 's', "Run it to its end without streams, then print what it wrote"),
        Flag.Number("timeout", null, "With --sync: seconds after which the command is killed; 0 is never") with { Default = "0" },
        Flag.Switch("interactive", 'i', "Pass the standard input on"),
        Flag.Switch("tty", 't', "Give the command a terminal"),
        .. StreamFlags.All,
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var arguments = call.Expect(2, int.MaxValue, "the container ID or the command");
        var streams = new CommandStreams(call.Flags.Switch("interactive"), call.Flags.Switch("tty"));
        if (!call.Flags.Switch("sync")) return await StreamAsync(call, arguments, streams, ct);
        if (streams.Stdin || streams.Tty) throw new UsageException("--sync goes without --interactive and --tty");
        return await RunSyncAsync(call, arguments, ct);
    }

    private static async Task<int> RunSyncAsync(Invocation call, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ExecSyncRequest
        {
            ContainerId = arguments[0],
            Cmd = { arguments.Skip(1) },
            Timeout = call.Flags.Number("timeout"),
        };
        var answer = await call.CallAsync("ExecSync", options => runtime.ExecSyncAsync(request, options), ct);
        await call.Terminal.Output.WriteAsync(answer.Stdout.Memory, ct);
        await call.Terminal.Error.WriteAsync(answer.Stderr.Memory, ct);
        return answer.ExitCode;
    }

    private static async Task<int> StreamAsync(
        Invocation call, IReadOnlyList<string> arguments, CommandStreams streams, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ExecRequest
        {
            ContainerId = arguments[0],
            Cmd = { arguments.Skip(1) },
            Stdin = streams.Stdin,
            Stdout = true,
            Stderr = !streams.Tty,
            Tty = streams.Tty,
        };
        var answer = await call.CallAsync("Exec", options => runtime.ExecAsync(request, options), ct);
        await using var session = await call.OpenSessionAsync(answer.Url, streams, ct);
        return await session.RunAsync(ct);
    }
}
