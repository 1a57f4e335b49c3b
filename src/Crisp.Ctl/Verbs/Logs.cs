using Crisp.Ctl.CommandLine;
using Crisp.Ctl.LogReading;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Logs : Verb
{
    internal override string Name => "logs";

    internal override string Summary => "Print a container's log";

    internal override string Arguments => "CONTAINER-ID";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("follow", 'f', "Go on as long as the container runs"),
        Flag.Number("tail", null, "So many lines from the end; -1 is all") with { Default = "-1" },
        Flag.Text("since", null, "From a time (2026-01-02T13:23:37Z) or an age (42m) on"),
        Flag.Switch("timestamps", 't', "With the time of each line"),
        Flag.Number("limit-bytes", null, "So many bytes at most; -1 is no limit") with { Default = "-1" },
        Flag.Text("stream", 's', "Only stdout, or only stderr"),
        Flag.Switch("previous", 'p', "The log of the container's previous attempt"),
        Flag.Switch("reopen", 'r', "Have the runtime open the log file anew first"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var id = call.Expect(1, 1, "the container ID")[0];
        var options = Options(call);
        if (call.Flags.Switch("reopen")) await ReopenAsync(call, id, ct);
        var status = await StatusAsync(call, id, ct);
        if (status.LogPath.Length == 0) throw new CtlException($"container {status.Id} was created without a log path");
        var path = call.Flags.Switch("previous") ? PreviousPath(status) : status.LogPath;
        var reader = new LogReader(call.Terminal, options, async token =>
            (await StatusAsync(call, status.Id, token)).State == ContainerState.ContainerRunning);
        await reader.ReadAsync(path, ct);
        return 0;
    }

    private static LogOptions Options(Invocation call)
    {
        var flags = call.Flags;
        if (flags.Text("stream") is not ("" or "stdout" or "stderr"))
            throw new UsageException($"--stream is stdout or stderr, not \"{flags.Text("stream")}\"");
        return new LogOptions
        {
            Follow = flags.Switch("follow"),
            Tail = flags.Number("tail") is var lines and >= 0 ? lines : null,
            LimitBytes = flags.Number("limit-bytes") is var bytes and >= 0 ? bytes : null,
            Since = SinceTime.Parse(flags.Text("since"), call.Terminal.Clock),
            Timestamps = flags.Switch("timestamps"),
            Stream = flags.Text("stream"),
        };
    }

    private static async Task ReopenAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ReopenContainerLogRequest { ContainerId = id };
        await call.CallAsync("ReopenContainerLog", options => runtime.ReopenContainerLogAsync(request, options), ct);
    }

    private static async Task<ContainerStatus> StatusAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ContainerStatusRequest { ContainerId = id };
        return (await call.CallAsync("ContainerStatus", options => runtime.ContainerStatusAsync(request, options), ct))
            .Status;
    }

    /// <summary>kubelet names logs by the attempt: 3.log was preceded by 2.log.</summary>
    private static string PreviousPath(ContainerStatus status)
    {
        var attempt = status.Metadata?.Attempt ?? 0;
        if (attempt == 0)
            throw new CtlException($"container {status.Id} is the first attempt; there is no previous log");
        return Path.Combine(
            Path.GetDirectoryName(status.LogPath) ?? "/", $"{attempt - 1}{Path.GetExtension(status.LogPath)}");
    }
}
