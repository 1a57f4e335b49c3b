namespace Crisp.Linux.Abi;

/// <summary>The ioctls of terminals (ioctl_tty(2)), struct winsize, and the kernel's struct termios.</summary>
internal static class TerminalLayout
{
    internal const nuint TCGETS = 0x5401;
    internal const nuint TCSETS = 0x5402;
    internal const nuint TIOCGWINSZ = 0x5413;
    internal const nuint TIOCSWINSZ = 0x5414;
    internal const nuint TIOCGPTN = 0x80045430;
    internal const nuint TIOCSPTLCK = 0x40045431;

    internal const int WindowSize = 8;
    internal const int WindowRows = 0;
    internal const int WindowColumns = 2;

    /// <summary>More than the kernel's termios of 36 bytes.</summary>
    internal const int TermiosSize = 64;
    internal const int OutputFlags = 4;
    internal const int OPOST = 1;
    internal const int ONLCR = 4;
}
