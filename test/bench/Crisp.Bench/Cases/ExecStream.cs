using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Crisp.Testing.Spdy;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>
/// What kubectl exec feels like, over SPDY by a client that is nobody's: bytes each way, and the time from a key to its
/// echo by the command's terminal.
/// </summary>
public sealed class ExecStream(Results results, string image)
{
    private const int Megabytes = 256;
    private const int Keys = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Figure Out = new(
        $"exec stream, {Megabytes} MB out of the container", "MB/s", MoreIsBetter: true);
    private static readonly Figure In = new(
        $"exec stream, {Megabytes} MB into the container", "MB/s", MoreIsBetter: true);
    private static readonly Figure Key = new("exec -it, from a key to its echo", "ms");

    public async Task RunAsync(Peer peer)
    {
        await using var pod = await RunningPod.StartAsync(peer, "stream", image, "/bin/sleep", "600");
        using var deadline = new CancellationTokenSource(Patience);
        results.Add(Out, peer.Name, await OutAsync(peer, pod, deadline.Token));
        results.Add(In, peer.Name, await InAsync(peer, pod, deadline.Token));
        await KeysAsync(peer, pod, deadline.Token);
    }

    private static async Task<double> OutAsync(Peer peer, RunningPod pod, CancellationToken cancellation)
    {
        await using var exec = await OpenAsync(
            peer, pod, tty: false, cancellation, "/bin/head", "-c", $"{(long)Megabytes << 20}", "/dev/zero");
        var buffer = new byte[64 * 1024];
        var start = Stopwatch.GetTimestamp();
        var total = 0L;
        while (await exec.Stdout.ReadAsync(buffer, cancellation) is var count and > 0)
            total += count;
        return total == (long)Megabytes << 20
            ? Megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{peer.Name}: {total} bytes came");
    }

    private static async Task<double> InAsync(Peer peer, RunningPod pod, CancellationToken cancellation)
    {
        await using var exec = await OpenAsync(peer, pod, tty: false, cancellation, "/bin/wc", "-c");
        var block = new byte[1024 * 1024];
        var start = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < Megabytes; sent++)
            await exec.Stdin.WriteAsync(block, cancellation);
        await exec.Stdin.EndAsync(cancellation);
        var counted = await exec.Stdout.ReadTextAsync(cancellation);
        return counted.Trim() == $"{(long)Megabytes << 20}"
            ? Megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{peer.Name}: wc says {counted}");
    }

    private async Task KeysAsync(Peer peer, RunningPod pod, CancellationToken cancellation)
    {
        await using var exec = await OpenAsync(peer, pod, tty: true, cancellation, "/bin/cat");
        var key = "x"u8.ToArray();
        var echo = new byte[16];
        for (var typed = 0; typed < Keys; typed++)
        {
            var start = Stopwatch.GetTimestamp();
            await exec.Stdin.WriteAsync(key, cancellation);
            await exec.Stdout.ReadAsync(echo, cancellation);
            results.Add(Key, peer.Name, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static async Task<RemoteCommandSession> OpenAsync(
        Peer peer, RunningPod pod, bool tty, CancellationToken cancellation, params string[] command)
    {
        var answer = await peer.Runtime.ExecAsync(
            new ExecRequest
            {
                ContainerId = pod.ContainerId, Cmd = { command }, Stdin = true, Stdout = true, Stderr = !tty, Tty = tty,
            },
            cancellationToken: cancellation);
        return await RemoteCommandSession.OpenAsync(
            new RemoteCommandRequest(new Uri(answer.Url)) { Stdin = true, Tty = tty }, cancellation);
    }
}
