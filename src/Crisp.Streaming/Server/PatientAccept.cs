using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Crisp.Streaming.Server;

/// <summary>
/// Accepts one client after the other, and goes on when that fails: the process is out of descriptors, the kernel out
/// of memory, or a client has gone already. Whoever asks would otherwise stop serving for good.
/// </summary>
internal sealed partial class PatientAccept(
    Func<CancellationToken, ValueTask<Socket>> accept, ILogger log, TimeProvider time)
{
    /// <summary>Out of descriptors: waits for some to be closed instead of spinning.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ObjectDisposedException">The socket that listens was closed; so it may be with
    /// <see cref="SocketError.OperationAborted"/>.</exception>
    public async Task<Socket> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Socket? client = null;
            try
            {
                client = await accept(cancellation).ConfigureAwait(false);
                client.NoDelay = true;
                // a client whose host is gone ends its session
                client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                return client;
            }
            catch (SocketException e) when (e.SocketErrorCode != SocketError.OperationAborted)
            {
                client?.Dispose();
                LogFailed(e.Message);
                await Task.Delay(s_pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(7005, LogLevel.Warning, "a streaming client could not be accepted, trying again: {Reason}")]
    private partial void LogFailed(string reason);
}
