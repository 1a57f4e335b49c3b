using System.Text;
using Crisp.Grpc.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>A CRI server on a socket of its own, and crispctl run against it in this process.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly GrpcServer _server;

    private FakeNode()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("crispctl-").FullName;
        _server = new GrpcServer(
            new GrpcServerOptions { SocketPath = Socket }, NullLoggerFactory.Instance, TimeProvider.System);
        _server.Map(binder => RuntimeService.BindService(binder, Runtime));
        _server.Map(binder => ImageService.BindService(binder, Images));
    }

    internal string Directory { get; }

    internal string Socket => Path.Combine(Directory, "cri.sock");

    internal FakeRuntime Runtime { get; } = new();

    internal FakeImages Images { get; } = new();

    internal Dictionary<string, string> Environment { get; } = [];

    internal bool IsInteractive { get; set; }

    internal Stream Input { get; set; } = Stream.Null;

    internal IKeyboard? Keyboard { get; set; }

    internal static async Task<FakeNode> StartAsync()
    {
        var node = new FakeNode();
        await node._server.StartAsync(CancellationToken.None);
        return node;
    }

    internal string Write(string name, string content)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllText(path, content);
        return path;
    }

    internal Task<CtlRun> RunAsync(params string[] words) =>
        RunExactlyAsync(["-c", "/dev/null", "-r", Socket, .. words], CancellationToken.None);

    internal async Task<CtlRun> RunExactlyAsync(IReadOnlyList<string> words, CancellationToken ct)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var terminal = new Terminal(
            Input, output, error, IsInteractive, new FixedClock(), name => Environment.GetValueOrDefault(name))
        {
            Keyboard = Keyboard,
        };
        var code = await Program.RunAsync(words, terminal, ct);
        return new CtlRun(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
