using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// The socket behind an OCI runtime's --console-socket: the runtime makes the terminal inside the container, connects
/// here, and sends the main end in one message (runc's docs/terminals.md; crun does the same). Disposing it removes
/// its path.
/// </summary>
public sealed class ConsoleSocket : IDisposable
{
    private const int MaxNameBytes = 4096; // the message itself is the terminal's name, which nobody needs

    private readonly string _path;
    private FileDescriptor? _connection;

    private ConsoleSocket(string path, FileDescriptor listener)
    {
        _path = path;
        Listener = listener;
    }

    /// <summary>Readable when a runtime has connected: then call <see cref="TryReceive"/>.</summary>
    public FileDescriptor Listener { get; }

    /// <summary>Listens on a path of at most 107 bytes, which must not exist yet. Only root can connect.</summary>
    public static unsafe ConsoleSocket Listen(string path)
    {
        const int Type = SocketConstants.SOCK_STREAM | SocketConstants.SOCK_NONBLOCK;
        byte* address = stackalloc byte[SocketConstants.UnixAddressSize];
        var length = Sockets.UnixAddress(path, new Span<byte>(address, SocketConstants.UnixAddressSize));
        var listener = Sockets.Create(SocketConstants.AF_UNIX, Type);
        try
        {
            FailedCall.ThrowIfNegative(Libc.bind(listener.Number, address, (uint)length), "bind", path);
            FailedCall.ThrowIfNegative(Libc.listen(listener.Number, 1), "listen", path);
            return new ConsoleSocket(path, listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The terminal's main end, non-blocking, once a runtime has sent it; null when nothing is there yet. Call it when
    /// the runtime has ended: it is there by then, or never will be. A message that carries no terminal is an error.
    /// </summary>
    public unsafe FileDescriptor? TryReceive()
    {
        if (_connection is null)
        {
            var accepted = Libc.accept4(
                Listener.Number, null, null, SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC);
            if (accepted < 0)
                return null;
            _connection = new FileDescriptor(accepted);
        }

        var errno = DescriptorPassing.TryReceive(
            _connection, new byte[MaxNameBytes], out _, out var descriptors);
        if (errno == Errno.EAGAIN)
            return null;
        if (errno != Errno.None || descriptors.Length != 1)
        {
            foreach (var descriptor in descriptors)
                descriptor.Dispose();
            throw new SyscallException("receiving the terminal", errno == Errno.None ? Errno.EPROTO : errno, _path);
        }

        descriptors[0].SetNonBlocking();
        return descriptors[0];
    }

    /// <summary>The same for the daemon: waits for the terminal.</summary>
    public async Task<FileDescriptor> ReceiveAsync(EventLoop loop, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReceive() is { } terminal)
                return terminal;
            await loop.WaitReadableAsync(_connection ?? Listener, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        Listener.Dispose();
        Files.Remove(_path);
    }
}
