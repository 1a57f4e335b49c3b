using System.Buffers;

namespace Crisp.Images.Layers;

/// <summary>
/// Carries a layer's bytes from the download, which awaits, to the unpacking thread, which blocks; bounded, so that a
/// slow disk slows the network down. Buffers come from the shared pool and change owner with the call.
/// </summary>
internal sealed class ChunkQueue : Stream
{
    private const int Capacity = 16;

    private readonly SemaphoreSlim _free = new(Capacity);
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Queue<ArraySegment<byte>> _chunks = new();
    private readonly CancellationTokenSource _broken = new();
    private ArraySegment<byte> _current;
    private bool _discard;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes over the chunk. Waits while the reader is behind.</summary>
    public async ValueTask AddAsync(ArraySegment<byte> chunk, CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref _discard)) await _free.WaitAsync(cancellationToken);
        lock (_chunks)
        {
            if (_discard) Return(chunk);
            else _chunks.Enqueue(chunk);
        }
        _filled.Release();
    }

    /// <summary>The end, which the reader sees after all chunks.</summary>
    public void Complete()
    {
        lock (_chunks) _chunks.Enqueue(default);
        _filled.Release();
    }

    /// <summary>The download failed: the reader gets an error instead of an end.</summary>
    public void Break() => _broken.Cancel();

    /// <summary>The reader wants no more; what is added is dropped from now on.</summary>
    public void Discard()
    {
        lock (_chunks)
        {
            _discard = true;
            while (_chunks.TryDequeue(out var chunk)) Return(chunk);
            Return(_current);
            _current = default;
        }
        _free.Release(Capacity);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _ended) return 0;
        if (_current.Count == 0 && !Next()) return 0;
        var count = Math.Min(buffer.Length, _current.Count);
        _current.AsSpan(0, count).CopyTo(buffer);
        Advance(count);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Next()
    {
        try
        {
            _filled.Wait(_broken.Token);
        }
        catch (OperationCanceledException)
        {
            throw new IOException("the download broke off");
        }
        lock (_chunks) _current = _chunks.Dequeue();
        _ended = _current.Count == 0;
        return !_ended;
    }

    private void Advance(int count)
    {
        if (count < _current.Count)
        {
            _current = _current[count..];
            return;
        }
        Return(_current);
        _current = default;
        _free.Release();
    }

    private static void Return(ArraySegment<byte> chunk)
    {
        if (chunk.Array is { Length: > 0 } array) ArrayPool<byte>.Shared.Return(array);
    }
}
