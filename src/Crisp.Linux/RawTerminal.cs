using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A terminal that hands every byte on as it is typed and echoes nothing, as cfmakeraw(3) sets it: for a program whose
/// user types at another terminal, far away. It is as it was when this is disposed of.
/// </summary>
public sealed unsafe class RawTerminal : IDisposable
{
    private const uint InputOff = TerminalLayout.IGNBRK
        | TerminalLayout.BRKINT | TerminalLayout.PARMRK | TerminalLayout.ISTRIP
        | TerminalLayout.INLCR | TerminalLayout.IGNCR | TerminalLayout.ICRNL | TerminalLayout.IXON;
    private const uint LocalOff = TerminalLayout.ECHO
        | TerminalLayout.ECHONL | TerminalLayout.ICANON | TerminalLayout.ISIG
        | TerminalLayout.IEXTEN;

    private readonly FileDescriptor _terminal;
    private readonly byte[] _before = new byte[TerminalLayout.TermiosSize];
    private bool _restored;

    private RawTerminal(FileDescriptor terminal) => _terminal = terminal;

    /// <summary>Null when the descriptor is no terminal.</summary>
    public static RawTerminal? TryEnter(FileDescriptor terminal)
    {
        var raw = new RawTerminal(terminal);
        fixed (byte* before = raw._before)
        {
            if (Libc.ioctl(terminal.Number, TerminalLayout.TCGETS, before) < 0)
                return null;
        }

        byte[] settings = [.. raw._before];
        Change(settings, TerminalLayout.InputFlags, off: InputOff, on: 0);
        Change(settings, TerminalLayout.OutputFlags, off: TerminalLayout.OPOST, on: 0);
        Change(settings,
            TerminalLayout.ControlFlags, off: TerminalLayout.CSIZE | TerminalLayout.PARENB, on: TerminalLayout.CS8);
        Change(settings, TerminalLayout.LocalFlags, off: LocalOff, on: 0);
        settings[TerminalLayout.ControlCharacters + TerminalLayout.VMIN] = 1;
        settings[TerminalLayout.ControlCharacters + TerminalLayout.VTIME] = 0;
        fixed (byte* changed = settings)
            FailedCall.ThrowIfNegative(Libc.ioctl(terminal.Number, TerminalLayout.TCSETS, changed), "ioctl(TCSETS)");
        return raw;
    }

    /// <summary>A terminal that is gone by now needs nothing.</summary>
    public void Dispose()
    {
        if (_restored)
            return;
        _restored = true;
        fixed (byte* before = _before)
            _ = Libc.ioctl(_terminal.Number, TerminalLayout.TCSETS, before);
    }

    private static void Change(byte[] settings, int offset, uint off, uint on)
    {
        var flags = settings.AsSpan(offset);
        BinaryPrimitives.WriteUInt32LittleEndian(flags, (BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~off) | on);
    }
}
