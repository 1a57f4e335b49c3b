using Crisp.Streaming.RemoteCommand;

namespace Crisp.Ctl;

/// <summary>The terminal at which the user types.</summary>
internal interface IKeyboard
{
    /// <summary>Null when it has none, as a serial line may.</summary>
    TerminalSize? Size { get; }

    /// <summary>Every key goes to the container, Ctrl-C too, until this is disposed of.</summary>
    IDisposable? EnterRawMode();

    IDisposable OnResize(Action resized);
}
