using System.IO.Pipelines;
using Crisp.Grpc.Wire;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>
/// A running call: the response's headers, its messages one after the other, then its status. Everything that goes
/// wrong ends in an <see cref="RpcException"/>.
/// </summary>
internal sealed class ClientCall<TResponse>(
    Marshaller<TResponse> marshaller, string socketPath, UnixSocketChannelOptions options, ClientCallLifetime lifetime)
    where TResponse : class
{
    private readonly Lock _lock = new();
    private Task<HttpResponseMessage> _response = Task.FromException<HttpResponseMessage>(
        new InvalidOperationException("the call was not started"));

    private MessageReader? _reader;
    private Status? _status;
    private Metadata _trailers = [];

    public Task<Metadata> HeadersAsync => field ??= ReadHeadersAsync();

    public void Start(HttpMessageInvoker http, Func<HttpRequestMessage> createRequest) =>
        _response = SendAsync(http, createRequest);

    public Status GetStatus() => _status ?? throw new InvalidOperationException("the call has not ended yet");

    public Metadata GetTrailers() =>
        _status is null ? throw new InvalidOperationException("the call has not ended yet") : _trailers;

    public async Task<TResponse> ReadSingleAsync()
    {
        var message = await ReadNextAsync(CancellationToken.None).ConfigureAwait(false);
        if (message is null)
        {
            throw Fail(new Status(StatusCode.Internal, "the response has status OK but no message"));
        }

        return await ReadNextAsync(CancellationToken.None).ConfigureAwait(false) is null
            ? message
            : throw Fail(new Status(StatusCode.Internal, "the response has more than one message"));
    }

    /// <summary>Null at the end of a call that ended well.</summary>
    public async Task<TResponse?> ReadNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            lifetime.Token.ThrowIfCancellationRequested();
            var response = await _response.ConfigureAwait(false);
            _reader ??= await OpenBodyAsync(response).ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Token, cancellationToken);
            var message = await _reader.ReadAsync(marshaller, either.Token).ConfigureAwait(false);
            return message ?? End(ResponseStatusReader.Read(response, _trailers));
        }
        catch (RpcException failure) when (_status is null)
        {
            throw Fail(failure.Status);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Fail(lifetime.EndedBy() ?? TransportFailure.StatusOf(failure, socketPath));
        }
    }

    /// <summary>Cancels the call if it still runs: the server learns of it by the stream's reset.</summary>
    public void Dispose()
    {
        lifetime.Cancel();
        Close(new Status(StatusCode.Cancelled, "the call was disposed of"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, Func<HttpRequestMessage> createRequest)
    {
        try
        {
            using var request = createRequest();
            return await http.SendAsync(request, lifetime.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw new RpcException(lifetime.EndedBy() ?? TransportFailure.StatusOf(failure, socketPath));
        }
    }

    private async Task<Metadata> ReadHeadersAsync()
    {
        var response = await _response.ConfigureAwait(false);
        return ResponseStatusReader.MetadataOf(response.Headers);
    }

    private async Task<MessageReader> OpenBodyAsync(HttpResponseMessage response)
    {
        ResponseStatusReader.RequireGrpc(response);
        var body = await response.Content.ReadAsStreamAsync(lifetime.Token).ConfigureAwait(false);
        var encoding = ResponseStatusReader.EncodingOf(response);
        return new MessageReader(PipeReader.Create(body), encoding, options.MaxReceiveMessageBytes);
    }

    private TResponse? End(Status status)
    {
        Close(status);
        return status.StatusCode == StatusCode.OK ? null : throw new RpcException(status, _trailers);
    }

    private RpcException Fail(Status status)
    {
        Close(status);
        return new RpcException(status, _trailers);
    }

    /// <summary>The first end is the one that counts.</summary>
    private void Close(Status status)
    {
        lock (_lock)
        {
            if (_status is not null)
            {
                return;
            }

            _status = status;
        }

        if (_response.IsCompletedSuccessfully)
        {
            _response.GetAwaiter().GetResult().Dispose();
        }

        lifetime.Dispose();
    }
}
