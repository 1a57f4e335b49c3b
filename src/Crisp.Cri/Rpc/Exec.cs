using Crisp.Errors;
using Crisp.Pods;
using Crisp.Streaming;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// A URL to run a command in a container by: api.proto wants a stream at least, and no stderr beside a terminal.
/// </summary>
internal sealed class Exec(IContainers containers, IStreamUrls urls) : IRpc<Runtime.V1.ExecRequest, ExecResponse>
{
    public Task<ExecResponse> HandleAsync(Runtime.V1.ExecRequest request, CancellationToken patience)
    {
        StreamChoice.Check(request.Tty, request.Stdin, request.Stdout, request.Stderr);
        if (request.Cmd.Count == 0 || request.Cmd[0].Length == 0)
            throw CrispException.InvalidArgument("cmd", "is empty");
        var url = urls.UrlFor(new Streaming.ExecRequest
        {
            ContainerId = StreamChoice.Running(
                containers.Get(Required.Text(request.ContainerId, "container_id")), "no command can be run in it"),
            Command = [.. request.Cmd],
            Tty = request.Tty,
            Stdin = request.Stdin,
            Stdout = request.Stdout,
            Stderr = request.Stderr,
        });
        return Task.FromResult(new ExecResponse { Url = url.AbsoluteUri });
    }
}
