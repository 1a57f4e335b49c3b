using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Crisp.Errors;
using Crisp.Streaming.WebSockets;

namespace Crisp.Streaming.Sessions;

/// <summary>
/// Port-forward over WebSocket channels: one connection for each port of the request, its data on channel 2n and its
/// errors on 2n+1. Each channel begins with the port, 2 bytes little-endian. It ends when all connections have.
/// </summary>
internal sealed class WebSocketPortForward(
    WebSocketChannels channels, PortForwardRequest request, IStreamTargets targets)
{
    private const int HeldBytes = 128 * 1024;

    private readonly Pipe[] _received = [.. request.Ports.Select(_ => new Pipe(new PipeOptions(
        pauseWriterThreshold: HeldBytes, resumeWriterThreshold: HeldBytes / 2, useSynchronizationContext: false)))];

    public async Task RunAsync(CancellationToken ending, CancellationToken patience)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ending);
        for (var i = 0; i < request.Ports.Count; i++)
        {
            var port = new byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16LittleEndian(port, request.Ports[i]);
            await channels.SendAsync((byte)(2 * i), port, over.Token).ConfigureAwait(false);
            await channels.SendAsync((byte)((2 * i) + 1), port, over.Token).ConfigureAwait(false);
        }

        var receiving = ReceiveAsync(over);
        await Task.WhenAll(
            Enumerable.Range(0, request.Ports.Count).Select(i => ForwardAsync(i, over.Token))).ConfigureAwait(false);
        await channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience).ConfigureAwait(false);
        await receiving.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReceiveAsync(CancellationTokenSource over)
    {
        try
        {
            await channels.ReceiveAsync(
                async (channel, piece) =>
                {
                    if (channel % 2 == 0 && channel / 2 < _received.Length)
                        await _received[channel / 2].Writer.WriteAsync(piece, over.Token).ConfigureAwait(false);
                },
                over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException
            or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client is gone: its input ends as it does by a close.
        }

        foreach (var pipe in _received)
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task ForwardAsync(int index, CancellationToken over)
    {
        await using var input = _received[index].Reader.AsStream();
        try
        {
            await using var pod = await targets.ConnectAsync(
                request.PodId, request.Ports[index], over).ConfigureAwait(false);
            await ForwardedStream.CopyAsync(
                new TwoStreams(input, new ChannelWriteStream(channels, (byte)(2 * index))),
                () => EndInput(index), pod, over).ConfigureAwait(false);
        }
        catch (CrispException e)
        {
            await RefuseAsync(index, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection broke, at either end; the protocol has no word for that.
        }
    }

    private async Task RefuseAsync(int index, string sentence)
    {
        try
        {
            await channels.SendAsync((byte)((2 * index) + 1),
                Encoding.UTF8.GetBytes(sentence), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException
            or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody hears it.
        }
    }

    /// <summary>
    /// The pod's server has closed. Nothing tells the client here, and it cannot half-close: it is over.
    /// </summary>
    private Task EndInput(int index)
    {
        _received[index].Reader.CancelPendingRead();
        return Task.CompletedTask;
    }
}
