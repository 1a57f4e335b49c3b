using Crisp.Streaming.RemoteCommand;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>A terminal whose user a test is.</summary>
internal sealed class FakeKeyboard : IKeyboard
{
    private Action _resized = () => { };

    public TerminalSize? Size { get; set; }

    internal bool IsRaw { get; private set; }

    public IDisposable EnterRawMode()
    {
        IsRaw = true;
        return new Undo(() => IsRaw = false);
    }

    public IDisposable OnResize(Action resized)
    {
        _resized = resized;
        return new Undo(() => _resized = () => { });
    }

    internal void Resize(TerminalSize size)
    {
        Size = size;
        _resized();
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
