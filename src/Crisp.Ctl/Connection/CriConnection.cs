using System.Net.Sockets;
using Crisp.Ctl.Configuration;
using Crisp.Grpc.Client;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Ctl.Connection;

/// <summary>
/// The two services of a runtime, connected when first asked for. A socket is tried by connecting to it, so that the
/// error says what is wrong with it rather than what became of a call.
/// </summary>
internal sealed class CriConnection(ClientSettings settings, TimeProvider clock) : IDisposable
{
    private readonly List<UnixSocketChannel> _channels = [];
    private RuntimeService.RuntimeServiceClient? _runtime;
    private ImageService.ImageServiceClient? _images;
    private UnixSocketChannel? _runtimeChannel;

    internal ClientSettings Settings => settings;

    internal async ValueTask<RuntimeService.RuntimeServiceClient> RuntimeAsync(CancellationToken cancellationToken) =>
        _runtime ??= new RuntimeService.RuntimeServiceClient(await RuntimeChannelAsync(cancellationToken));

    internal async ValueTask<ImageService.ImageServiceClient> ImagesAsync(CancellationToken cancellationToken) =>
        _images ??= new ImageService.ImageServiceClient(
            settings.ImageEndpoint is { } endpoint
                ? await OpenAsync([endpoint], cancellationToken)
                : await RuntimeChannelAsync(cancellationToken));

    /// <summary>For one call: its deadline, if --timeout was given, and the user's Ctrl-C.</summary>
    internal CallOptions Call(CancellationToken cancellationToken) => new(
        deadline: settings.CallTimeout is { } timeout ? (clock.GetUtcNow() + timeout).UtcDateTime : null,
        cancellationToken: cancellationToken);

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
    }

    private async ValueTask<UnixSocketChannel> RuntimeChannelAsync(CancellationToken cancellationToken) =>
        _runtimeChannel ??= await OpenAsync(
            settings.RuntimeEndpoint is { } endpoint ? [endpoint] : Endpoint.Defaults, cancellationToken);

    private async Task<UnixSocketChannel> OpenAsync(
        IReadOnlyList<Endpoint> endpoints, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var endpoint in endpoints)
        {
            if (await ProblemAsync(endpoint, cancellationToken) is { } problem)
            {
                problems.Add($"{endpoint}: {problem}");
                continue;
            }

            var channel = new UnixSocketChannel(endpoint.Path);
            _channels.Add(channel);
            return channel;
        }

        throw new CtlException(
            $"no CRI runtime answers ({string.Join("; ", problems)}); is it running? "
            + "Name its socket with --runtime-endpoint unix:///path");
    }

    /// <summary>Why nobody can be reached there; null when somebody can.</summary>
    private async Task<string?> ProblemAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        if (!File.Exists(endpoint.Path)) return "there is no such socket";
        using var patience = new CancellationTokenSource(settings.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.Path), either.Token);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "nobody listens there",
                SocketError.AccessDenied => "permission denied; it takes root, or the socket's group",
                _ => e.Message,
            };
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {settings.ConnectTimeout.TotalSeconds:0.###} s";
        }
    }
}
