using System.Net.Sockets;
using Crisp.Grpc.Client;
using Crisp.Grpc.Server;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Logging.Abstractions;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>A server on a socket of its own, with the fake behind it and a client before it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly string _directory;

    private RunningServer(string directory, Func<GrpcServerOptions, GrpcServerOptions> configure)
    {
        _directory = directory;
        SocketPath = Path.Combine(directory, "x.sock");
        var options = new GrpcServerOptions { SocketPath = SocketPath, CallEnded = Outcomes.Add };
        Server = new GrpcServer(configure(options), NullLoggerFactory.Instance, TimeProvider.System);
        Server.Map(binder => RuntimeService.BindService(binder, Runtime));
        Server.Map(binder => ServerReflection.BindService(binder, Conversation));
        Channel = new UnixSocketChannel(SocketPath);
        Client = new RuntimeService.RuntimeServiceClient(Channel);
    }

    public string SocketPath { get; }

    public FakeRuntime Runtime { get; } = new();

    public FakeConversation Conversation { get; } = new();

    public GrpcServer Server { get; }

    public UnixSocketChannel Channel { get; }

    public RuntimeService.RuntimeServiceClient Client { get; }

    public OutcomeLog Outcomes { get; } = new();

    public static async Task<RunningServer> StartAsync(Func<GrpcServerOptions, GrpcServerOptions>? configure = null)
    {
        var directory = Directory.CreateTempSubdirectory("crisp-grpc-").FullName;
        var running = new RunningServer(directory, configure ?? (options => options));
        await running.Server.StartAsync(CancellationToken.None);
        return running;
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
