using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Crisp.Errors;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;

namespace Crisp.Streaming.Sessions;

/// <summary>
/// Port-forward over SPDY: the client begins two streams for each connection, one for errors and one for data, with the
/// same requestID (or, clients of old, with neighbouring stream IDs).
/// </summary>
internal sealed class SpdyPortForward(
    SpdySession session, PortForwardRequest request, IStreamTargets targets, TimeSpan patience)
{
    private readonly Dictionary<string, Half> _halves = [];
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Until the client goes.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(session.Ended, ending);
        try
        {
            while (await session.Accepted.WaitToReadAsync(over.Token).ConfigureAwait(false))
            {
                while (session.Accepted.TryRead(out var stream))
                    await TakeAsync(stream, over.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Over: the connections are closed below.
        }

        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TakeAsync(SpdyStream stream, CancellationToken over)
    {
        var type = stream.Headers.GetValueOrDefault(StreamHeaders.StreamType);
        // What runs can outlive its streams, as a connection that is still being made: streams alone do not bound it.
        if (type is not (StreamHeaders.Data or StreamHeaders.Error) || _running.Count >= SpdyLimits.Streams)
        {
            stream.Reset(SpdyStatus.RefusedStream);
            return;
        }

        await stream.ReplyAsync(over).ConfigureAwait(false);
        var key = stream.Headers.GetValueOrDefault(StreamHeaders.RequestId)
            ?? $"stream {(type == StreamHeaders.Error ? stream.Id : stream.Id - 2)}";
        var mine = new Half(stream, type);
        Half? other;
        lock (_halves)
        {
            if (!_halves.TryGetValue(key, out other) || other.Stream.Broken.IsCompleted)
                (_halves[key], other) = (mine, null);
            else if (other.Type != type)
                _halves.Remove(key);
        }

        if (other is null)
        {
            Track(AbandonAsync(key, mine, over));
        }
        else if (other.Type == type)
        {
            stream.Reset(SpdyStatus.RefusedStream);
        }
        else
        {
            other.Paired.SetResult();
            Track(type == StreamHeaders.Data
                ? ForwardAsync(stream, other.Stream, over)
                : ForwardAsync(other.Stream, stream, over));
        }
    }

    /// <summary>Nobody waits for the other half for ever, nor for that of a half which is gone.</summary>
    private async Task AbandonAsync(string key, Half half, CancellationToken over)
    {
        var settled = Task.WhenAny(half.Paired.Task, half.Stream.Broken);
        await ((Task)settled).WaitAsync(patience, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_halves)
        {
            if (!_halves.TryGetValue(key, out var waiting) || waiting != half)
                return;
            _halves.Remove(key);
        }

        if (!half.Stream.Broken.IsCompleted)
            half.Stream.Reset(SpdyStatus.Cancel);
    }

    private async Task ForwardAsync(SpdyStream data, SpdyStream error, CancellationToken over)
    {
        try
        {
            var port = Port(data);
            await using var pod = await targets.ConnectAsync(request.PodId, port, over).ConfigureAwait(false);
            await ForwardedStream.CopyAsync(data, () => data.CloseWriteAsync(over), pod, over).ConfigureAwait(false);
            await error.CloseWriteAsync(over).ConfigureAwait(false);
        }
        catch (CrispException e)
        {
            await RefuseAsync(data, error, e.Message, over).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection broke, at either end: the client sees its data stream reset, as TCP would show it.
            data.Reset(SpdyStatus.Cancel);
            await error.CloseWriteAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        error.Discard();
    }

    private static async Task RefuseAsync(SpdyStream data, SpdyStream error, string sentence, CancellationToken over)
    {
        try
        {
            await error.WriteAsync(Encoding.UTF8.GetBytes(sentence), over).ConfigureAwait(false);
            await error.CloseWriteAsync(over).ConfigureAwait(false);
            await data.CloseWriteAsync(over).ConfigureAwait(false);
            data.Discard();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody hears it.
        }
    }

    private static ushort Port(SpdyStream data)
    {
        var text = data.Headers.GetValueOrDefault(StreamHeaders.Port, "");
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? port
            : throw CrispException.InvalidArgument("port", $"\"{text}\" is not a number from 1 to 65535");
    }

    private void Track(Task task)
    {
        _running[task] = true;
        _ = RemoveAsync(task);
    }

    private async Task RemoveAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.TryRemove(task, out _);
    }

    /// <summary>A stream that waits for the other of its connection.</summary>
    private sealed class Half(SpdyStream stream, string type)
    {
        public SpdyStream Stream { get; } = stream;

        public string Type { get; } = type;

        /// <summary>Ends when the other has come.</summary>
        public TaskCompletionSource Paired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
