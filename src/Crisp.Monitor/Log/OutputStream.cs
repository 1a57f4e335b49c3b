using Crisp.Linux;

namespace Crisp.Monitor.Log;

/// <summary>
/// One of the container's outputs: our end of its pipe, or of its terminal, and the framer of its lines.
/// </summary>
internal sealed class OutputStream(FileDescriptor pipe, bool isStderr, bool isTerminal = false) : IDisposable
{
    internal FileDescriptor Pipe { get; } = pipe;

    internal bool IsStderr { get; } = isStderr;

    /// <summary>
    /// A terminal has no end while the container lives: when its programs have all closed it, one may open it again.
    /// </summary>
    internal bool IsTerminal { get; } = isTerminal;

    internal LogFramer Framer { get; } = new(isStderr, new NativeBuffer(LogFramer.MaxLineBytes));

    /// <summary>False once the stream has ended.</summary>
    internal bool IsOpen { get; set; } = true;

    public void Dispose()
    {
        IsOpen = false;
        Pipe.Dispose();
    }
}
