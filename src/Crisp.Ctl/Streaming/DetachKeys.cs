namespace Crisp.Ctl.Streaming;

/// <summary>
/// Ctrl-P Ctrl-Q, by which a user leaves a terminal whose every other key goes to the container. A Ctrl-P is held back
/// until the next key says what it was.
/// </summary>
internal sealed class DetachKeys
{
    private const byte CtrlP = 0x10;
    private const byte CtrlQ = 0x11;

    private bool _isHeld;

    /// <summary>Both were typed: what came after them is nobody's.</summary>
    internal bool AreTyped { get; private set; }

    /// <summary>What of the typed bytes goes to the container.</summary>
    internal ReadOnlyMemory<byte> Pass(ReadOnlySpan<byte> typed)
    {
        var passed = new byte[typed.Length + 1];
        var count = 0;
        foreach (var key in typed)
        {
            if (_isHeld && key == CtrlQ)
            {
                AreTyped = true;
                break;
            }

            if (_isHeld) passed[count++] = CtrlP;
            _isHeld = key == CtrlP;
            if (!_isHeld) passed[count++] = key;
        }

        return passed.AsMemory(0, count);
    }
}
