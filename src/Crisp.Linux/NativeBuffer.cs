using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A buffer outside the managed heap; nothing frees it but <see cref="Dispose"/>. It costs memory only where it was
/// written to, and <see cref="Release()"/> gives that back.
/// </summary>
public sealed unsafe class NativeBuffer : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int DontNeed = 4;

    private byte* _start;
    private int _length;

    public NativeBuffer(int length)
    {
        _length = length;
        var mapped = Libc.mmap(null, (nuint)length, ReadWrite, PrivateAnonymous, -1, 0);
        _start = (nint)mapped != -1 ? (byte*)mapped : throw FailedCall.Last("mmap");
    }

    public Span<byte> Span => new(_start, _length);

    /// <summary>Forgets the content.</summary>
    public void Release() => _ = Libc.madvise(_start, (nuint)_length, DontNeed);

    /// <summary>Forgets a part of the content; its start and length must be multiples of the page size.</summary>
    public void Release(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, _length);
        _ = Libc.madvise(_start + start, (nuint)length, DontNeed);
    }

    /// <summary>Nobody may use its spans any more.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        _ = Libc.munmap(_start, (nuint)_length);
        _start = null;
        _length = 0;
    }
}
