namespace Crisp.Streaming;

/// <summary>
/// What sessions lead to. Errors become a sentence on the client's error stream; a
/// <see cref="Crisp.Errors.CrispException"/> is said as it is.
/// </summary>
public interface IStreamTargets
{
    /// <summary>Runs a command and gives its exit code, when all its output is written.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="streams">The client's.</param>
    /// <param name="vanished">The client is gone, or the server stops.</param>
    Task<int> ExecAsync(ExecRequest request, RemoteStreams streams, CancellationToken vanished);

    /// <summary>Attaches until the container ends or the client goes.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="streams">The client's.</param>
    /// <param name="vanished">The client is gone, or the server stops.</param>
    Task AttachAsync(AttachRequest request, RemoteStreams streams, CancellationToken vanished);

    /// <summary>A connection to a port of the pod's localhost.</summary>
    Task<IForwardedConnection> ConnectAsync(string podId, ushort port, CancellationToken cancellation);
}
