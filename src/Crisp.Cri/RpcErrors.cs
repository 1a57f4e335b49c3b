using Crisp.Errors;
using Crisp.Linux;
using Grpc.Core;

namespace Crisp.Cri;

/// <summary>
/// The one place where an error becomes a gRPC status. What kubelet makes of the codes: facts of its contract, such as
/// NotFound of a status call meaning "gone", and Unknown of a pull being stripped so that its text reaches the user.
/// </summary>
internal static class RpcErrors
{
    /// <param name="error">What the call ended with.</param>
    /// <param name="deadlinePassed">Whether a cancelled call was cancelled by its own deadline.</param>
    public static RpcException ToRpc(Exception error, bool deadlinePassed) => error switch
    {
        RpcException rpc => rpc,
        CrispException crisp => Rpc(Code(crisp.Kind), Sentence(crisp)),
        OperationCanceledException when deadlinePassed =>
            Rpc(StatusCode.DeadlineExceeded, "the deadline of the call has passed"),
        OperationCanceledException => Rpc(StatusCode.Cancelled, "the caller went away"),
        TimeoutException => Rpc(StatusCode.DeadlineExceeded, error.Message),
        IOException io when IsExhausted(io) => Rpc(StatusCode.ResourceExhausted, error.Message),
        _ => Rpc(StatusCode.Internal, error.Message),
    };

    /// <summary>
    /// A limit of the node, known for what it is: its sentence suffices, a stack would tell nothing more.
    /// </summary>
    public static bool IsForeseen(Exception error) =>
        error is CrispException or RpcException or OperationCanceledException or TimeoutException or SyscallException ||
        (error is IOException io && IsExhausted(io));

    /// <summary>The caller's own doing: nobody has to look into it.</summary>
    public static bool IsCancellation(RpcException error) => error.StatusCode == StatusCode.Cancelled;

    public static bool IsNotFound(RpcException error) => error.StatusCode == StatusCode.NotFound;

    private static StatusCode Code(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => StatusCode.InvalidArgument,
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.AlreadyExists => StatusCode.AlreadyExists,
        ErrorKind.FailedPrecondition => StatusCode.FailedPrecondition,
        ErrorKind.ResourceExhausted => StatusCode.ResourceExhausted,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.PermissionDenied => StatusCode.PermissionDenied,
        ErrorKind.DeadlineExceeded => StatusCode.DeadlineExceeded,
        ErrorKind.Unimplemented => StatusCode.Unimplemented,
        ErrorKind.DataLoss => StatusCode.DataLoss,
        ErrorKind.Internal => StatusCode.Internal,
        ErrorKind.Unknown => StatusCode.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an ErrorKind without a status code"),
    };

    /// <summary>No space, no quota, no descriptors. An IOException of .NET carries the errno as its HResult.</summary>
    private static bool IsExhausted(IOException error) =>
        (error is SyscallException call ? call.Errno : (Errno)error.HResult)
            is Errno.ENOSPC or Errno.EDQUOT or Errno.EMFILE or Errno.ENFILE;

    /// <summary>Programs like to end their words with a line break; a status message is one line.</summary>
    private static string Sentence(CrispException error) => error.Message.Trim();

    private static RpcException Rpc(StatusCode code, string message) => new(new Status(code, message));
}
