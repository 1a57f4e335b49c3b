using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// A call as its handler sees it. The HTTP context under it is the transport's and is used again for other calls:
/// <see cref="Detach"/> lets go of it before a handler that goes on could touch it.
/// </summary>
internal sealed class HttpServerCall(HttpContext http, string method, CallLifetime lifetime) : ServerCallContext
{
    private readonly Lock _lock = new();
    private readonly string _host = http.Request.Host.Value ?? "";
    private HttpContext? _http = http;
    private Metadata? _requestHeaders;
    private string? _peer;

    protected override string MethodCore => method;

    protected override string HostCore => _host;

    /// <summary>unix:pid:N, the process that opened the connection.</summary>
    protected override string PeerCore => _peer ??= PeerProcess.Of(_http);

    protected override DateTime DeadlineCore => lifetime.Deadline;

    protected override CancellationToken CancellationTokenCore => lifetime.Token;

    protected override Metadata ResponseTrailersCore => field ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => field ??= new AuthContext(null, []);

    protected override Metadata RequestHeadersCore
    {
        get
        {
            lock (_lock)
            {
                return _requestHeaders ??= ReadHeaders();
            }
        }
    }

    public void Detach()
    {
        lock (_lock)
        {
            _requestHeaders ??= ReadHeaders();
            _http = null;
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        var response = _http?.Response ?? throw new InvalidOperationException("the call was answered already");
        if (response.HasStarted)
        {
            throw new InvalidOperationException("the response headers were sent already");
        }

        foreach (var entry in responseHeaders)
        {
            response.Headers.Append(entry.Key, MetadataFields.ValueOf(entry));
        }

        await response.StartAsync(lifetime.Token).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(lifetime.Token).ConfigureAwait(false);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("calls of this server are not the parents of others");

    private Metadata ReadHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in _http?.Request.Headers ?? new HeaderDictionary())
        {
            foreach (var value in values)
            {
                MetadataFields.AddTo(metadata, name, value ?? "");
            }
        }

        return metadata;
    }
}
