using Crisp.Grpc.Client;
using Crisp.Node.Tests.Ctl;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// The cases, and the client that they stand on, tried on the streaming server that Kubernetes grew up with.
/// </summary>
[CancelAfter(180_000)]
public class StreamsOnContainerdTests
{
    private ContainerdNode _containerd = null!; // set before the tests
    private UnixSocketChannel _channel = null!; // as above
    private StreamTarget _target = null!; // as above

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await JavaScriptClient.InstallAsync();
        _containerd = await ContainerdNode.StartAsync(NodeRun.Slot, NodeRun.Registry);
        _channel = new UnixSocketChannel(_containerd.SocketPath);
        CriCalls cri = new(_channel.CreateCallInvoker());
        await cri.PullAsync(NodeRun.Busybox);
        PodSandboxConfig pod = PodRequest.Of(NodeRun.Slot, Path.Combine(_containerd.Directory, "logs")).OnNodeNetwork();
        pod.Hostname = ""; // containerd 1.6 would set it on the node
        _target = new StreamTarget(_containerd.SocketPath, cri, await cri.RunPodAsync(pod), pod, NodeRun.Busybox);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _target.Cri.StopPodAsync(_target.PodId);
        await _target.Cri.RemovePodAsync(_target.PodId);
        _channel.Dispose();
        await _containerd.DisposeAsync();
        await Leftovers.ClearAsync(NodeRun.Slot);
    }

    [TestCaseSource(typeof(StreamCase), nameof(StreamCase.All))]
    public Task Containerd(StreamCase streams, CancellationToken cancellationToken) =>
        streams.RunAsync(_target, cancellationToken);
}
