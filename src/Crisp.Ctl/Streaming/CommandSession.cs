namespace Crisp.Ctl.Streaming;

/// <summary>Connects the user's terminal or pipes with a command in a container until that ends.</summary>
internal sealed class CommandSession(Terminal terminal, RemoteCommand command, CommandStreams streams)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _resizing = new(1);
    private readonly CancellationTokenSource _left = new();

    /// <summary>Null where not every key is the container's.</summary>
    private readonly DetachKeys? _detachKeys = streams is { Stdin: true, Tty: true } && terminal.Keyboard is not null
        ? new DetachKeys()
        : null;

    /// <returns>The command's exit code; 0 when the user has left it by Ctrl-P Ctrl-Q.</returns>
    internal async Task<int> RunAsync(CancellationToken ct)
    {
        // The terminal is as it was before anything is said about how the command ended.
        using var raw = streams is { Stdin: true, Tty: true } ? terminal.Keyboard?.EnterRawMode() : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, _left.Token);
        using var resizes = streams.Tty ? terminal.Keyboard?.OnResize(() => _ = ResizeAsync(ended.Token)) : null;
        await ResizeAsync(ended.Token);
        // A read of the keyboard cannot be called back: it is left alone when the command has ended.
        var typing = streams.Stdin ? TypeAsync(ended.Token) : Task.CompletedTask;
        try
        {
            return await command.RunAsync(terminal.Output, terminal.Error, ended.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await ended.CancelAsync();
            _ = typing.ContinueWith(failed => failed.Exception,
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await command.DisposeAsync();
        _left.Dispose();
    }

    private async Task TypeAsync(CancellationToken ct)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await terminal.Input.ReadAsync(buffer, ct) is var count and > 0)
            {
                var keys = _detachKeys?.Pass(buffer.AsSpan(0, count)) ?? buffer.AsMemory(0, count);
                if (!keys.IsEmpty) await command.WriteStdinAsync(keys, ct);
                if (_detachKeys is not { AreTyped: true }) continue;
                await _left.CancelAsync();
                return;
            }

            await command.EndStdinAsync(ct);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The command reads no more; how it ended is told elsewhere.
        }
    }

    private async Task ResizeAsync(CancellationToken ct)
    {
        if (!streams.Tty) return;
        try
        {
            // A window that is dragged changes faster than it can be told: each turn tells what holds by then.
            await _resizing.WaitAsync(ct);
            try
            {
                if (terminal.Keyboard?.Size is { } size) await command.ResizeAsync(size, ct);
            }
            finally
            {
                _resizing.Release();
            }
        }
        catch (Exception e) when (e is IOException
            or OperationCanceledException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
        {
            // As above.
        }
    }
}
