namespace Crisp.Monitor.Attachers;

/// <summary>One attacher: whose it is, what it reads, and whether it may write.</summary>
internal sealed class Attachment(ulong connection, uint id) : IDisposable
{
    private const ulong NoConnection = 0;

    /// <summary>The daemon that attached.</summary>
    internal ulong Connection { get; private set; } = connection;

    internal uint Id { get; } = id;

    /// <summary>It was given the container's input, and has not closed it.</summary>
    internal bool HasInput { get; set; }

    internal AttachedOutput? Stdout { get; set; }

    internal AttachedOutput? Stderr { get; set; }

    internal bool HasBacklog => Stdout is { HasBacklog: true } || Stderr is { HasBacklog: true };

    /// <summary>
    /// The container's output has ended: only the backlog is left to send, whatever becomes of the daemon's connection.
    /// </summary>
    internal bool IsOver => Connection == NoConnection;

    internal void Finish()
    {
        Connection = NoConnection;
        HasInput = false;
    }

    internal void Close(bool isStderr)
    {
        if (isStderr)
        {
            Stderr?.Dispose();
            Stderr = null;
        }
        else
        {
            Stdout?.Dispose();
            Stdout = null;
        }
    }

    public void Dispose()
    {
        Stdout?.Dispose();
        Stderr?.Dispose();
    }
}
