using Crisp.Pods;
using Crisp.Streaming;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>A URL to reach the streams of a container's own process by.</summary>
internal sealed class Attach(IContainers containers, IStreamUrls urls) : IRpc<Runtime.V1.AttachRequest, AttachResponse>
{
    public Task<AttachResponse> HandleAsync(Runtime.V1.AttachRequest request, CancellationToken patience)
    {
        StreamChoice.Check(request.Tty, request.Stdin, request.Stdout, request.Stderr);
        var url = urls.UrlFor(new Streaming.AttachRequest
        {
            ContainerId = StreamChoice.Running(
                containers.Get(Required.Text(request.ContainerId, "container_id")), "it cannot be attached to"),
            Tty = request.Tty,
            Stdin = request.Stdin,
            Stdout = request.Stdout,
            Stderr = request.Stderr,
        });
        return Task.FromResult(new AttachResponse { Url = url.AbsoluteUri });
    }
}
