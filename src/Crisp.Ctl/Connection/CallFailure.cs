using Grpc.Core;

namespace Crisp.Ctl.Connection;

/// <summary>A call that failed, as a sentence: what the runtime said, and what the user can do about it.</summary>
internal static class CallFailure
{
    internal static string Describe(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.DeadlineExceeded => $"{Said(failure)}; give it more time with --timeout",
        StatusCode.Unimplemented => $"the runtime does not implement this: {Said(failure)}",
        StatusCode.Unavailable => $"the runtime went away: {Said(failure)}",
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => $"{Said(failure)} ({failure.StatusCode})",
        _ => $"{Said(failure)} ({failure.StatusCode})",
    };

    private static string Said(RpcException failure) =>
        failure.Status.Detail.Length > 0
            ? failure.Status.Detail
            : $"the runtime answered {failure.StatusCode} and nothing more";
}
