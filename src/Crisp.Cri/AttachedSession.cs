using System.Buffers;
using Crisp.Errors;
using Crisp.Pods;
using Crisp.Streaming;

namespace Crisp.Cri;

/// <summary>
/// Copies between a client and a container that it is attached to, until the container ends or the client goes.
/// </summary>
internal sealed class AttachedSession(IAttachedContainer container, RemoteStreams streams)
{
    private const int BufferBytes = 32 * 1024;

    public async Task RunAsync(CancellationToken vanished)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(vanished);
        var input = Task.WhenAll(InputAsync(over.Token), SizesAsync(over.Token));
        var output = Task.WhenAll(
            OutputAsync(container.Stdout, streams.Stdout, over.Token),
            OutputAsync(container.Stderr, streams.Stderr, over.Token));
        AttachEnd end;
        try
        {
            end = await container.Ended.WaitAsync(vanished);
            await output;
        }
        finally
        {
            await over.CancelAsync();
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await output.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (end == AttachEnd.TooSlow)
            throw new CrispException(
                ErrorKind.ResourceExhausted, "the client read too slowly and was detached; the container runs on");
        if (end == AttachEnd.MonitorLost)
            throw new CrispException(ErrorKind.Unavailable, "the container's monitor is gone, and with it its streams");
    }

    private async Task InputAsync(CancellationToken over)
    {
        if (streams.Stdin is not { } client)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var isRead = container.Stdin is not null;
            while (await client.ReadAsync(buffer.AsMemory(0, BufferBytes), over) is > 0 and var count)
                isRead = isRead && await TryWriteAsync(buffer.AsMemory(0, count), over);
            await container.CloseStdinAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, which is no end of its input: detaching says what that means.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// False when the container reads no more: the rest is dropped, so that the client need not wait.
    /// </summary>
    private async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken over)
    {
        try
        {
            await container.Stdin!.WriteAsync(bytes, over); // only asked where there is input
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task SizesAsync(CancellationToken over)
    {
        if (streams.Sizes is not { } sizes)
            return;
        await foreach (var size in sizes.WithCancellation(over))
            container.Resize(size.Width, size.Height);
    }

    private static async Task OutputAsync(Stream? from, Stream? to, CancellationToken over)
    {
        if (from is null || to is null)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(buffer.AsMemory(0, BufferBytes), over) is > 0 and var count)
                await to.WriteAsync(buffer.AsMemory(0, count), over);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
