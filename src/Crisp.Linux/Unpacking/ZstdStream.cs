using System.Runtime.InteropServices;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Reads zstd-compressed content through the node's libzstd. Frames may follow each other.</summary>
public sealed class ZstdStream : Stream
{
    private readonly Stream _compressed;
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(128 * 1024);
    private nint _decoder;
    private int _inputStart;
    private int _inputEnd;
    private bool _inFrame;

    /// <summary>Takes over the compressed stream.</summary>
    /// <exception cref="DllNotFoundException">The node has no libzstd.so.1.</exception>
    public ZstdStream(Stream compressed)
    {
        _decoder = Zstd.ZSTD_createDStream();
        _compressed = compressed;
        if (_decoder == 0) throw new InsufficientMemoryException("libzstd has no memory for a decoder");
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            var ended = _inputStart == _inputEnd && !FillInput();
            var produced = Decode(buffer);
            if (produced > 0) return produced;
            if (!ended) continue;
            return _inFrame ? throw new InvalidDataException("zstd content ends in the middle of a frame") : 0;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_decoder != 0) Zstd.ZSTD_freeDStream(_decoder);
        _decoder = 0;
        if (disposing) _compressed.Dispose();
        base.Dispose(disposing);
    }

    private bool FillInput()
    {
        _inputStart = 0;
        _inputEnd = _compressed.Read(_input);
        return _inputEnd > 0;
    }

    private unsafe int Decode(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_decoder == 0, this);
        // Without input and between frames there is nothing to ask: a call would start the next frame.
        if (_inputStart == _inputEnd && !_inFrame) return 0;
        fixed (byte* to = buffer)
        fixed (byte* from = _input)
        {
            var output = new ZstdBuffer { Start = to, Size = (nuint)buffer.Length };
            var input = new ZstdBuffer { Start = from, Size = (nuint)_inputEnd, Position = (nuint)_inputStart };
            var result = Zstd.ZSTD_decompressStream(_decoder, &output, &input);
            if (Zstd.ZSTD_isError(result) != 0)
                throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8(Zstd.ZSTD_getErrorName(result))}");
            _inputStart = (int)input.Position;
            _inFrame = result != 0;
            return (int)output.Position;
        }
    }
}
