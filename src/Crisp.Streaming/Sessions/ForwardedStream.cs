using System.Buffers;

namespace Crisp.Streaming.Sessions;

/// <summary>Copies between a client and a connection into the pod, both ways at once and each to its own end.</summary>
internal static class ForwardedStream
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>Ends when both directions have, or one of them broke; then the other is broken off, too.</summary>
    public static async Task CopyAsync(
        Stream client, Func<Task> endClient, IForwardedConnection pod, CancellationToken cancellation)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var into = CopyAsync(client, pod.Stream, broken);
        var back = CopyAsync(pod.Stream, client, broken);
        await Task.WhenAll(ThenAsync(into, pod.CloseWrite), ThenAsync(back, endClient)).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationTokenSource broken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(
                buffer.AsMemory(0, BufferBytes), broken.Token).ConfigureAwait(false) is > 0 and var count)
                await to.WriteAsync(buffer.AsMemory(0, count), broken.Token).ConfigureAwait(false);
        }
        catch
        {
            await broken.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ThenAsync(Task copy, Action end)
    {
        await copy.ConfigureAwait(false);
        end();
    }

    private static async Task ThenAsync(Task copy, Func<Task> end)
    {
        await copy.ConfigureAwait(false);
        await end().ConfigureAwait(false);
    }
}
