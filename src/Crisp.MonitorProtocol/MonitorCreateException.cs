using Crisp.Errors;

namespace Crisp.MonitorProtocol;

/// <summary>
/// The OCI runtime's `create` failed; the message is the runtime's own, or says why the monitor could not run it.
/// </summary>
public sealed class MonitorCreateException(string message, Exception? innerException = null)
    : CrispException(ErrorKind.Internal, message, innerException)
{
    /// <summary>The message is what the runtime said; false: it never came so far, or was given up.</summary>
    public bool IsByRuntime { get; init; }
}
