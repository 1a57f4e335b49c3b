using System.Buffers;

namespace Crisp.Grpc.Transport;

/// <summary>One header block as it arrives: a HEADERS frame and its CONTINUATION frames.</summary>
internal sealed class HeaderBlock
{
    /// <summary>As much as gRPC clients ever send, several times over; Kestrel itself allows 32 KB of fields.</summary>
    private const int MaxBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _frames = new();
    private readonly ArrayBufferWriter<byte> _fragments = new();

    public FrameHeader First { get; private set; }

    public bool IsOpen { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>The frames as they came, headers and all.</summary>
    public ReadOnlySpan<byte> Frames => _frames.WrittenSpan;

    /// <summary>What HPACK decodes: without padding and priority.</summary>
    public ReadOnlySpan<byte> Fragments => _fragments.WrittenSpan;

    /// <summary>
    /// False: the frame cannot be part of this block (RFC 9113, sections 6.2 and 6.10), or it grows too large.
    /// </summary>
    public bool TryAdd(FrameHeader frame, ReadOnlySpan<byte> whole)
    {
        var isNext = IsOpen
            ? frame.Type == FrameHeader.Continuation && frame.StreamId == First.StreamId
            : frame.Type == FrameHeader.Headers;
        if (!isNext || _frames.WrittenCount + whole.Length > MaxBytes
            || !TryFindFragment(frame, whole[FrameHeader.Size..], out var fragment))
        {
            return false;
        }

        First = IsOpen ? First : frame;
        IsOpen = true;
        IsComplete = frame.Has(FrameHeader.EndHeaders);
        _frames.Write(whole);
        _fragments.Write(fragment);
        return true;
    }

    public void Clear()
    {
        IsOpen = false;
        IsComplete = false;
        _frames.ResetWrittenCount();
        _fragments.ResetWrittenCount();
    }

    private static bool TryFindFragment(FrameHeader frame, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> fragment)
    {
        fragment = payload;
        if (frame.Type == FrameHeader.Continuation)
        {
            return true;
        }

        var before = (frame.Has(FrameHeader.Padded) ? 1 : 0) + (frame.Has(FrameHeader.Priority) ? 5 : 0);
        var after = frame.Has(FrameHeader.Padded) && !payload.IsEmpty ? payload[0] : 0;
        if (before + after > payload.Length)
        {
            return false;
        }

        fragment = payload[before..^after];
        return true;
    }
}
