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
    internal const int InputFlags = 0;
    internal const int OutputFlags = 4;
    internal const int ControlFlags = 8;
    internal const int LocalFlags = 12;
    internal const int ControlCharacters = 17;
    internal const int OPOST = 1;
    internal const int ONLCR = 4;

    internal const int IGNBRK = 0x1;
    internal const int BRKINT = 0x2;
    internal const int PARMRK = 0x8;
    internal const int ISTRIP = 0x20;
    internal const int INLCR = 0x40;
    internal const int IGNCR = 0x80;
    internal const int ICRNL = 0x100;
    internal const int IXON = 0x400;

    internal const int CSIZE = 0x30;
    internal const int CS8 = 0x30;
    internal const int PARENB = 0x100;

    internal const int ISIG = 0x1;
    internal const int ICANON = 0x2;
    internal const int ECHO = 0x8;
    internal const int ECHONL = 0x40;
    internal const int IEXTEN = 0x8000;

    internal const int VTIME = 5;
    internal const int VMIN = 6;
}
