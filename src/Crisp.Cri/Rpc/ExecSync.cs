using Crisp.Errors;
using Crisp.Pods;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Runs a command to its end. The one call whose work ends with its caller: the command is killed. A timeout in
/// seconds kills it too and answers DeadlineExceeded; 0 is none.
/// </summary>
internal sealed class ExecSync(IContainers containers) : IRpc<ExecSyncRequest, ExecSyncResponse>
{
    public async Task<ExecSyncResponse> HandleAsync(ExecSyncRequest request, CancellationToken patience)
    {
        var id = Required.Text(request.ContainerId, "container_id");
        if (request.Cmd.Count == 0 || request.Cmd[0].Length == 0)
            throw CrispException.InvalidArgument("cmd", "is missing");
        TimeSpan? timeout = request.Timeout == 0 ? null : Required.Seconds(request.Timeout, "timeout");

        var result = await containers.ExecSyncAsync(id, request.Cmd, timeout, patience);

        return new ExecSyncResponse
        {
            Stdout = UnsafeByteOperations.UnsafeWrap(result.Stdout),
            Stderr = UnsafeByteOperations.UnsafeWrap(result.Stderr),
            ExitCode = result.ExitCode,
        };
    }
}
