namespace Crisp.Errors;

/// <summary>
/// What went wrong, in the words of the caller's contract. Each kind becomes one gRPC status code, in Crisp.Cri alone.
/// </summary>
public enum ErrorKind
{
    /// <summary>The request is malformed or contradicts itself; repeating it cannot help.</summary>
    InvalidArgument,

    /// <summary>The object the request names does not exist.</summary>
    NotFound,

    /// <summary>The name is taken by another object.</summary>
    AlreadyExists,

    /// <summary>The object is not in the state the request needs.</summary>
    FailedPrecondition,

    /// <summary>A bound of ours was exceeded (message size, output, disk).</summary>
    ResourceExhausted,

    /// <summary>Somebody else's service cannot be reached; a retry may help.</summary>
    Unavailable,

    /// <summary>The caller may not do this (registry credentials, image policy).</summary>
    PermissionDenied,

    /// <summary>The time given for the work ran out.</summary>
    DeadlineExceeded,

    /// <summary>This runtime does not do what was asked.</summary>
    Unimplemented,

    /// <summary>Stored data is damaged.</summary>
    DataLoss,

    /// <summary>A program crisp depends on (OCI runtime, CNI plugin, kernel call) failed.</summary>
    Internal,

    /// <summary>
    /// A failure whose text is meant for the user as it stands; kubelet strips this code from pull errors.
    /// </summary>
    Unknown,
}
