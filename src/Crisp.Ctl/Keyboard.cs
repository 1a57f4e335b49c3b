using System.Runtime.InteropServices;
using Crisp.Linux;
using Crisp.Streaming.RemoteCommand;

namespace Crisp.Ctl;

/// <summary>The terminal that is this process's standard input.</summary>
internal sealed class Keyboard(FileDescriptor terminal) : IKeyboard
{
    public TerminalSize? Size
    {
        get
        {
            try
            {
                var (columns, rows) = Terminals.Size(terminal);
                return columns == 0 || rows == 0 ? null : new TerminalSize(columns, rows);
            }
            catch (SyscallException)
            {
                return null;
            }
        }
    }

    public IDisposable? EnterRawMode() => RawTerminal.TryEnter(terminal);

    public IDisposable OnResize(Action resized) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized());
}
