using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// A runtime with one pod on the node's network, whose streams are tried. It may be any: a case that Debian's
/// containerd fails is a wrong case.
/// </summary>
public sealed class StreamTarget(string socket, CriCalls cri, string podId, PodSandboxConfig pod, string image)
{
    private int _containers;

    public CriCalls Cri => cri;

    public string PodId => podId;

    /// <summary>crispctl and what stands before the verb.</summary>
    public string[] Crispctl { get; } =
        [Repository.Published("crispctl"), "--config", "/dev/null", "--runtime-endpoint", $"unix://{socket}"];

    public async Task<string> RunAsync(Action<ContainerConfig> change, params string[] command)
    {
        var container = ContainerRequest.Named(pod, $"c{Interlocked.Increment(ref _containers)}", image, command);
        change(container);
        return await cri.RunAsync(podId, container, pod);
    }

    /// <summary>A container that stays until it is stopped, and obeys at once.</summary>
    public Task<string> RunSleeperAsync() =>
        RunAsync(_ => { }, "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait $!; done");

    public async Task<Uri> ExecUrlAsync(string container, bool stdin, bool tty, params string[] command) => new(
        (await cri.Runtime.ExecAsync(
            new ExecRequest
            {
                ContainerId = container, Cmd = { command }, Stdin = stdin, Stdout = true, Stderr = !tty, Tty = tty,
            },
            CriCalls.Options())).Url);

    public async Task<RemoteCommandSession> ExecAsync(
        string container, bool stdin, bool tty, CancellationToken cancellationToken, params string[] command) =>
        await RemoteCommandSession.OpenAsync(
            new RemoteCommandRequest(await ExecUrlAsync(container, stdin, tty, command)) { Stdin = stdin, Tty = tty },
            cancellationToken);

    public async Task<RemoteCommandSession> AttachAsync(
        string container, bool stdin, bool tty, CancellationToken cancellationToken)
    {
        var request =
            new AttachRequest { ContainerId = container, Stdin = stdin, Stdout = true, Stderr = !tty, Tty = tty };
        var url = new Uri(
            (await cri.Runtime.AttachAsync(request, CriCalls.Options(cancellationToken: cancellationToken))).Url);
        return await RemoteCommandSession.OpenAsync(
            new RemoteCommandRequest(url) { Stdin = stdin, Tty = tty }, cancellationToken);
    }

    public async Task<PortForwardSession> ForwardAsync(CancellationToken cancellationToken, params int[] ports)
    {
        var request = new PortForwardRequest { PodSandboxId = podId, Port = { ports } };
        var url = new Uri(
            (await cri.Runtime.PortForwardAsync(request, CriCalls.Options(cancellationToken: cancellationToken))).Url);
        return await PortForwardSession.OpenAsync(url, cancellationToken);
    }
}
