using System.Text;
using Crisp.Errors;

namespace Crisp.Streaming.Tests.Fakes;

/// <summary>
/// Commands that are played: cat, "exit N", "sizes" (prints each size it is told), "fail", "hang" (until the client is
/// gone), "flood" (the same, writing without a thought of its end), "keep" (reads slowly, and keeps what it read).
/// </summary>
internal sealed class EchoTargets : IStreamTargets
{
    /// <summary>Completes when a hanging command saw its client vanish.</summary>
    public TaskCompletionSource Vanished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a keeping command read before its input ended, however that ended.</summary>
    public TaskCompletionSource<long> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<int> ExecAsync(ExecRequest request, RemoteStreams streams, CancellationToken vanished)
    {
        switch (request.Command)
        {
            case ["cat"]:
                await streams.Stdin!.CopyToAsync(streams.Stdout!, vanished); // asked for by the test
                return 0;
            case ["exit", var code]:
                await streams.Stdout!.WriteAsync("out"u8.ToArray(), vanished); // as above
                if (streams.Stderr is { } stderr)
                    await stderr.WriteAsync("err"u8.ToArray(), vanished);
                return int.Parse(code);
            case ["sizes"]:
                await foreach (var size in streams.Sizes!.WithCancellation(vanished)) // as above
                    await streams.Stdout!.WriteAsync(Encoding.ASCII.GetBytes($"{size.Width}x{size.Height} "), vanished);
                return 0;
            case ["hang"]:
                await Task.Delay(Timeout.Infinite, vanished).ContinueWith(
                    _ => Vanished.SetResult(), TaskScheduler.Default);
                return 0;
            case ["flood"]:
                while (!vanished.IsCancellationRequested)
                    await streams.Stdout!.WriteAsync(new byte[64 * 1024], CancellationToken.None); // as above
                Vanished.SetResult();
                return 0;
            case ["keep"]:
                Kept.SetResult(await KeepAsync(streams.Stdin!, vanished)); // as above
                return 0;
            default:
                throw new CrispException(ErrorKind.FailedPrecondition, "the container is not running");
        }
    }

    public Task AttachAsync(AttachRequest request, RemoteStreams streams, CancellationToken vanished) =>
        streams.Stdout!.WriteAsync("attached"u8.ToArray(), vanished).AsTask(); // asked for by the test

    public Task<IForwardedConnection> ConnectAsync(string podId, ushort port, CancellationToken cancellation) =>
        port == 1
            ? throw new CrispException(ErrorKind.FailedPrecondition, $"port {port}: connection refused")
            : Task.FromResult<IForwardedConnection>(new EchoConnection());

    private static async Task<long> KeepAsync(Stream stdin, CancellationToken vanished)
    {
        long kept = 0;
        byte[] buffer = new byte[1000];
        try
        {
            while (await stdin.ReadAsync(buffer, vanished) is > 0 and var count)
            {
                kept += count;
                await Task.Yield();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone: that is the end.
        }

        return kept;
    }
}
