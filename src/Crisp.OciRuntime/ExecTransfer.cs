using System.Buffers;
using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>Copies between a client and a command, each direction at the pace of its receiver.</summary>
internal sealed class ExecTransfer(CancellationToken vanished) : IDisposable
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>The most that a pipe can hold when its writer has ended, bytes: an unprivileged pipe's bound.</summary>
    private const int MostHeldBytes = 1024 * 1024;

    /// <summary>How long output that something left behind may still send is waited for.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _exited = CancellationTokenSource.CreateLinkedTokenSource(vanished);

    /// <summary>The command has ended: input is not copied any more, output that is there already is.</summary>
    public Task ExitedAsync() => _exited.CancelAsync();

    public void Dispose() => _exited.Dispose();

    /// <summary>
    /// To the end of the output, or a moment after the command's own; without a receiver it is dropped.
    /// </summary>
    public async Task OutputAsync(Stream from, Stream? to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await ReadAsync(from, buffer).ConfigureAwait(false) is > 0 and var count)
                await WriteAsync(to, buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!vanished.IsCancellationRequested)
        {
            await DrainAsync(from, to, buffer).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            from.Dispose(); // the client is gone: the command sees a broken pipe when it writes on
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// To the end of the client's input, which is then the command's, or until the command reads no more.
    /// </summary>
    public async Task InputAsync(Stream from, Stream to, bool endsWithClient)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var isRead = true;
            while (await from.ReadAsync(
                buffer.AsMemory(0, BufferBytes), _exited.Token).ConfigureAwait(false) is > 0 and var count)
                isRead = isRead && await TryWriteAsync(to, buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The command has ended, or the client is gone: its input ends in either case.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (endsWithClient)
                to.Dispose();
        }
    }

    /// <summary>Until the command ends or the client goes.</summary>
    public async Task SizesAsync(IAsyncEnumerable<(ushort Columns, ushort Rows)> sizes, FileDescriptor terminal)
    {
        try
        {
            await foreach (var (columns, rows) in sizes.WithCancellation(_exited.Token).ConfigureAwait(false))
                Terminals.TryResize(terminal, columns, rows);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // No more sizes.
        }
    }

    private ValueTask<int> ReadAsync(Stream from, byte[] buffer) =>
        from.ReadAsync(buffer.AsMemory(0, BufferBytes), _exited.Token);

    private ValueTask WriteAsync(Stream? to, ReadOnlyMemory<byte> bytes) =>
        to?.WriteAsync(bytes, vanished) ?? ValueTask.CompletedTask;

    /// <summary>
    /// What the command left in the pipe, and what comes without a pause; something it left behind may hold it for
    /// ever.
    /// </summary>
    private async Task DrainAsync(Stream from, Stream? to, byte[] buffer)
    {
        try
        {
            for (var left = MostHeldBytes; left > 0;)
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(vanished);
                quiet.CancelAfter(s_quiet);
                var count = await from.ReadAsync(buffer.AsMemory(0, BufferBytes), quiet.Token).ConfigureAwait(false);
                if (count == 0)
                    return;
                left -= count;
                await WriteAsync(to, buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nothing more comes, or nobody reads it.
        }
    }

    /// <summary>False when the command reads no more: the rest is dropped, so that the client need not wait.</summary>
    private async ValueTask<bool> TryWriteAsync(Stream to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await to.WriteAsync(bytes, _exited.Token).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
