using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Crisp.Grpc.Transport;

/// <summary>Hands one Kestrel endpoint the connections that were found to speak its protocol.</summary>
internal sealed class ProtocolListener(ProtocolEndPoint endPoint) : IConnectionListener
{
    private readonly Channel<ConnectionContext> _sorted =
        Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });

    public EndPoint EndPoint => endPoint;

    /// <summary>False once the endpoint takes no more.</summary>
    public bool TryOffer(ConnectionContext connection) => _sorted.Writer.TryWrite(connection);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _sorted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_sorted.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _sorted.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _sorted.Writer.TryComplete();
        while (_sorted.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
