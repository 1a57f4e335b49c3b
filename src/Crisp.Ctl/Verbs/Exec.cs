using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>The exit code is the command's own.</summary>
internal sealed class Exec : Verb
{
    internal override string Name => "exec";

    internal override string Summary => "Run a command in a running container and print what it wrote";

    internal override string Arguments => "CONTAINER-ID COMMAND [ARG...]";

    internal override bool StopsAtArgument => true;

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("sync", 's', "Run it to its end without streams, which is what is done anyway"),
        Flag.Number("timeout", null, "Seconds after which the command is killed") with { Default = "0" },
        Flag.Switch("interactive", 'i', "Not available: needs a stream"),
        Flag.Switch("tty", 't', "Not available: needs a stream"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Flags.Switch("interactive") || call.Flags.Switch("tty"))
            throw new CtlException("exec -i and -t need a stream to the container, which crispctl does not open yet; run without them");
        var arguments = call.Expect(2, int.MaxValue, "the container ID or the command");
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
}
