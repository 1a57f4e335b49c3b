using Crisp.Grpc.Client;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Bench.Peers;

/// <summary>A runtime under measurement: its daemon, started for this run in a directory of its own.</summary>
public abstract class Peer : IAsyncDisposable
{
    private UnixSocketChannel? channel;

    protected Peer(string name, string directory)
    {
        Name = name;
        Directory = directory;
        System.IO.Directory.CreateDirectory(directory);
    }

    public string Name { get; }

    public string Directory { get; }

    public string Socket => Path.Combine(Directory, "cri.sock");

    /// <summary>The process ID of the daemon.</summary>
    public abstract int Pid { get; }

    /// <summary>The name of the process that stands beside each container, as /proc/PID/comm has it.</summary>
    public abstract string ContainerProcessName { get; }

    public CallInvoker Calls => channel!.CreateCallInvoker(); // set by StartAsync

    public RuntimeService.RuntimeServiceClient Runtime { get; private set; } = null!; // set by StartAsync

    public ImageService.ImageServiceClient Images { get; private set; } = null!; // set by StartAsync

    public async Task StartAsync()
    {
        await StartDaemonAsync();
        channel?.Dispose();
        channel = new UnixSocketChannel(Socket);
        Runtime = new RuntimeService.RuntimeServiceClient(channel);
        Images = new ImageService.ImageServiceClient(channel);
        await AnswerAsync();
    }

    public async Task RestartAsync()
    {
        await StopDaemonAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        await StopDaemonAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// containerd accepts calls before its CRI plugin can answer them ("server is not initialized yet").
    /// </summary>
    private async Task AnswerAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var patience = 100; ; patience--)
        {
            try
            {
                await Runtime.VersionAsync(new VersionRequest());
                return;
            }
            catch (RpcException e) when (patience > 0 && e.StatusCode is (StatusCode.Unknown or StatusCode.Unavailable))
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    protected abstract Task StartDaemonAsync();

    protected abstract Task StopDaemonAsync();
}
