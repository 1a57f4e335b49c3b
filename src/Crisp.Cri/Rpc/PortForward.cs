using Crisp.Errors;
using Crisp.Pods;
using Crisp.Streaming;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// A URL to reach ports of a pod's localhost by. Without ports it is for clients that name theirs in the session.
/// </summary>
internal sealed class PortForward(IPods pods, IStreamUrls urls)
    : IRpc<Runtime.V1.PortForwardRequest, PortForwardResponse>
{
    public Task<PortForwardResponse> HandleAsync(Runtime.V1.PortForwardRequest request, CancellationToken patience)
    {
        var pod = pods.Get(Required.Text(request.PodSandboxId, "pod_sandbox_id"));
        ushort[] ports = [.. request.Port.Select(Port)];
        if (pod.Phase != PodPhase.Ready)
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"pod sandbox {pod.Id} is not ready, so nothing in it can be connected to");
        var url = urls.UrlFor(new Streaming.PortForwardRequest { PodId = pod.Id, Ports = ports });
        return Task.FromResult(new PortForwardResponse { Url = url.AbsoluteUri });
    }

    private static ushort Port(int port) => port is > 0 and <= ushort.MaxValue
        ? (ushort)port
        : throw CrispException.InvalidArgument("port", $"{port} is not a number from 1 to {ushort.MaxValue}");
}
