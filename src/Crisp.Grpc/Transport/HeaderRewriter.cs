using System.Buffers;
using Crisp.Grpc.Hpack;

namespace Crisp.Grpc.Transport;

/// <summary>
/// Copies a client's side of an HTTP/2 connection, with the host of its header blocks made valid. Whatever is wrong
/// with a frame is left for Kestrel to refuse.
/// </summary>
internal sealed class HeaderRewriter
{
    private readonly HpackDecoder _decoder = new();
    private readonly HeaderBlock _block = new();
    private int _bytesToCopy = Http2Preface.Bytes.Length;
    private bool _isRewriting;

    /// <summary>
    /// The rest of the connection may be read as it is: the first header block has a valid host, or is one that Kestrel
    /// will refuse anyway.
    /// </summary>
    public bool NeedsNothing { get; private set; }

    /// <summary>Returns what must be offered again together with what comes after it.</summary>
    public ReadOnlySequence<byte> Rewrite(ReadOnlySequence<byte> rest, IBufferWriter<byte> target)
    {
        while (!NeedsNothing && !rest.IsEmpty)
        {
            if (_bytesToCopy > 0)
            {
                var ready = rest.Slice(0, Math.Min(_bytesToCopy, rest.Length));
                Copy(ready, target);
                _bytesToCopy -= (int)ready.Length;
                rest = rest.Slice(ready.End);
            }
            else if (!TryTakeFrame(ref rest, target))
            {
                break;
            }
        }

        return rest;
    }

    public static void Copy(in ReadOnlySequence<byte> bytes, IBufferWriter<byte> target)
    {
        foreach (var segment in bytes)
        {
            target.Write(segment.Span);
        }
    }

    private bool TryTakeFrame(ref ReadOnlySequence<byte> rest, IBufferWriter<byte> target)
    {
        if (rest.Length < FrameHeader.Size)
        {
            return false;
        }

        var frame = FrameHeader.Read(rest);
        var isOfBlock = _block.IsOpen || frame.Type == FrameHeader.Headers;
        if (!isOfBlock || frame.Length > FrameHeader.MaxPayload)
        {
            _bytesToCopy = FrameHeader.Size + frame.Length;
            return true;
        }

        if (rest.Length < FrameHeader.Size + frame.Length)
        {
            return false;
        }

        var whole = rest.Slice(0, FrameHeader.Size + frame.Length).ToArray();
        rest = rest.Slice(whole.Length);
        TakeHeaders(frame, whole, target);
        return true;
    }

    private void TakeHeaders(FrameHeader frame, byte[] whole, IBufferWriter<byte> target)
    {
        if (!_block.TryAdd(frame, whole))
        {
            GiveUp(_block.IsOpen ? _block.First.StreamId : frame.StreamId, target);
            target.Write(whole);
            return;
        }

        if (!_block.IsComplete)
        {
            return;
        }

        try
        {
            WriteBlock(_decoder.Decode(_block.Fragments), target);
        }
        catch (HpackException)
        {
            GiveUp(frame.StreamId, target);
        }

        _block.Clear();
    }

    /// <summary>The first block decides for the connection.</summary>
    private void WriteBlock(IReadOnlyList<HeaderField> fields, IBufferWriter<byte> target)
    {
        if (!_isRewriting && fields.All(HostRule.IsSatisfied))
        {
            target.Write(_block.Frames);
            NeedsNothing = true;
            return;
        }

        _isRewriting = true;
        HeaderBlockWriter.Write(_block.First, fields.Select(HostRule.Apply), target);
    }

    /// <summary>
    /// Passes on what Kestrel will refuse. Its decoder has not seen what ours has: once blocks were rewritten, one that
    /// no decoder takes stands for the one that ours did not.
    /// </summary>
    private void GiveUp(int streamId, IBufferWriter<byte> target)
    {
        NeedsNothing = true;
        target.Write(_isRewriting ? HeaderBlockWriter.Undecodable(streamId) : _block.Frames);
    }
}
