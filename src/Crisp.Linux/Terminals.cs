using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Pseudo terminals (pty(7)). The main end is what a terminal emulator holds: what it reads is the program's output,
/// what it writes is typed. A read of it fails with EIO once nobody holds the other end: that is the end of the stream.
/// </summary>
public static unsafe class Terminals
{
    /// <summary>
    /// A new terminal: the main end, and the path of the other end. Neither becomes this process's controlling
    /// terminal.
    /// </summary>
    public static (FileDescriptor Main, string Path) Open()
    {
        var main = FileDescriptor.Open("/dev/ptmx", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        try
        {
            var number = 0;
            FailedCall.ThrowIfNegative(
                Libc.ioctl(main.Number, TerminalLayout.TIOCSPTLCK, (byte*)&number), "ioctl(TIOCSPTLCK)");
            FailedCall.ThrowIfNegative(
                Libc.ioctl(main.Number, TerminalLayout.TIOCGPTN, (byte*)&number), "ioctl(TIOCGPTN)");
            return (main, $"/dev/pts/{number}");
        }
        catch
        {
            main.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sets the window size, of which the kernel tells the foreground programs by SIGWINCH if it changed.
    /// </summary>
    public static Errno TryResize(FileDescriptor terminal, ushort columns, ushort rows)
    {
        byte* size = stackalloc byte[TerminalLayout.WindowSize];
        var bytes = new Span<byte>(size, TerminalLayout.WindowSize);
        bytes.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[TerminalLayout.WindowRows..], rows);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[TerminalLayout.WindowColumns..], columns);
        return Libc.ioctl(terminal.Number, TerminalLayout.TIOCSWINSZ, size) < 0 ? FailedCall.LastErrno : Errno.None;
    }

    /// <summary>The window size that was set last.</summary>
    public static (ushort Columns, ushort Rows) Size(FileDescriptor terminal)
    {
        byte* size = stackalloc byte[TerminalLayout.WindowSize];
        FailedCall.ThrowIfNegative(Libc.ioctl(terminal.Number, TerminalLayout.TIOCGWINSZ, size), "ioctl(TIOCGWINSZ)");
        var bytes = new ReadOnlySpan<byte>(size, TerminalLayout.WindowSize);
        return (
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[TerminalLayout.WindowColumns..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[TerminalLayout.WindowRows..]));
    }

    /// <summary>
    /// Has the terminal turn "\n" into "\r\n", as the terminals of kubectl expect; runtimes differ in how they leave
    /// it.
    /// </summary>
    public static void TranslateNewLines(FileDescriptor terminal)
    {
        byte* termios = stackalloc byte[TerminalLayout.TermiosSize];
        FailedCall.ThrowIfNegative(Libc.ioctl(terminal.Number, TerminalLayout.TCGETS, termios), "ioctl(TCGETS)");
        var output = new Span<byte>(termios + TerminalLayout.OutputFlags, sizeof(uint));
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(output) | TerminalLayout.OPOST | TerminalLayout.ONLCR;
        BinaryPrimitives.WriteUInt32LittleEndian(output, flags);
        FailedCall.ThrowIfNegative(Libc.ioctl(terminal.Number, TerminalLayout.TCSETS, termios), "ioctl(TCSETS)");
    }
}
