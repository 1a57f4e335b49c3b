using Crisp.Linux;

namespace Crisp.Monitor.Log;

/// <summary>One of the container's output pipes: our end of it, and the framer of its lines.</summary>
internal sealed class OutputStream(FileDescriptor pipe, LogFramer framer) : IDisposable
{
    internal FileDescriptor Pipe { get; } = pipe;

    internal LogFramer Framer { get; } = framer;

    /// <summary>False once the pipe has ended.</summary>
    internal bool IsOpen { get; set; } = true;

    public void Dispose()
    {
        IsOpen = false;
        Pipe.Dispose();
    }
}
