using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Selection;
using Crisp.Ctl.Streaming;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>
/// The exit code is the command's own; of several containers, that of the first whose command did not succeed.
/// </summary>
internal sealed class Exec : Verb
{
    internal override string Name => "exec";

    internal override string Summary => "Run a command in a running container, or in all that the filters choose";

    internal override string Arguments => "[CONTAINER-ID] COMMAND [ARG...]";

    internal override bool StopsAtArgument => true;

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("sync", 's', "Run it to its end without streams, then print what it wrote"),
        Flag.Number("timeout",
            null, "With --sync: seconds after which the command is killed; 0 is never") with { Default = "0" },
        Flag.Switch("interactive", 'i', "Pass the standard input on"),
        Flag.Switch("tty", 't', "Give the command a terminal; with -i, Ctrl-P Ctrl-Q leaves it"),
        .. ContainerSelection.ExecFlags,
        Flag.Switch("parallel", 'x', "In all chosen containers at once"),
        Flag.Switch("quiet", 'q', "Do not print the IDs of the chosen containers"),
        Flag.Switch("ignore-errors", 'e', "Succeed, whatever came of it"),
        .. StreamFlags.All,
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var streams = new CommandStreams(call.Flags.Switch("interactive"), call.Flags.Switch("tty"));
        if (call.Flags.Switch("sync") && (streams.Stdin || streams.Tty))
            throw new UsageException("--sync goes without --interactive and --tty");
        var isChosen = ContainerSelection.ExecFlags.Any(flag => call.Flags.IsSet(flag.Name));
        var code = await (isChosen ? InChosenAsync(call, streams, ct) : InNamedAsync(call, streams, ct));
        return call.Flags.Switch("ignore-errors") ? 0 : code;
    }

    private static Task<int> InNamedAsync(Invocation call, CommandStreams streams, CancellationToken ct)
    {
        var arguments = call.Expect(2, int.MaxValue, "the container ID or the command");
        string[] command = [.. arguments.Skip(1)];
        return call.Flags.Switch("ignore-errors")
            ? TryAsync(call, arguments[0], command, streams, ct)
            : InAsync(call, arguments[0], command, streams, ct);
    }

    /// <summary>With a filter all arguments are the command.</summary>
    private static async Task<int> InChosenAsync(Invocation call, CommandStreams streams, CancellationToken ct)
    {
        var command = call.Expect(1, int.MaxValue, "the command");
        IReadOnlyList<string> ids = [
            .. (await ContainerSelection.ListAsync(call, "", ct)).Select(container => container.Id)];
        if (ids.Count == 0) throw new CtlException("no container is found by the filters");
        if (ids.Count > 1 && (streams.Stdin || streams.Tty))
            throw new UsageException(
                $"--interactive and --tty go with one container, and the filters choose {ids.Count}");
        if (call.Flags.Switch("parallel"))
        {
            var shared = call with { Terminal = call.Terminal.Shared() };
            return FirstFailure(await Task.WhenAll(ids.Select(id => TryAsync(shared, id, command, streams, ct))));
        }

        var codes = new List<int>();
        foreach (var id in ids)
        {
            if (!call.Flags.Switch("quiet")) await call.Text.WriteLineAsync($"{id}:");
            codes.Add(await TryAsync(call, id, command, streams, ct));
        }

        return FirstFailure(codes);
    }

    private static int FirstFailure(IEnumerable<int> codes) => codes.FirstOrDefault(code => code != 0);

    /// <summary>Each container gets its turn; what fails is told.</summary>
    private static async Task<int> TryAsync(
        Invocation call, string id, IReadOnlyList<string> command, CommandStreams streams, CancellationToken ct)
    {
        var code = 0;
        var failed = await ForEachAsync(
            call, [id], "cannot run the command in",
            async one => code = await InAsync(call, one, command, streams, ct));
        return failed != 0 ? failed : code;
    }

    private static Task<int> InAsync(
        Invocation call, string id, IReadOnlyList<string> command, CommandStreams streams, CancellationToken ct) =>
        call.Flags.Switch("sync") ? RunSyncAsync(call, id, command, ct) : StreamAsync(call, id, command, streams, ct);

    private static async Task<int> RunSyncAsync(
        Invocation call, string id, IReadOnlyList<string> command, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ExecSyncRequest
        {
            ContainerId = id,
            Cmd = { command },
            Timeout = call.Flags.Number("timeout"),
        };
        var answer = await call.CallAsync("ExecSync", options => runtime.ExecSyncAsync(request, options), ct);
        await call.Terminal.Output.WriteAsync(answer.Stdout.Memory, ct);
        await call.Terminal.Error.WriteAsync(answer.Stderr.Memory, ct);
        return answer.ExitCode;
    }

    private static async Task<int> StreamAsync(
        Invocation call, string id, IReadOnlyList<string> command, CommandStreams streams, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ExecRequest
        {
            ContainerId = id,
            Cmd = { command },
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
