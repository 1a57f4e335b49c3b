using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A buffer outside the managed heap for the life of the process. It costs memory only where it was written to, and
/// <see cref="Release"/> gives that back.
/// </summary>
public sealed unsafe class NativeBuffer
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int DontNeed = 4;

    private readonly byte* _start;
    private readonly int _length;

    public NativeBuffer(int length)
    {
        _length = length;
        void* mapped = Libc.mmap(null, (nuint)length, ReadWrite, PrivateAnonymous, -1, 0);
        _start = (nint)mapped != -1 ? (byte*)mapped : throw FailedCall.Last("mmap");
    }

    public Span<byte> Span => new(_start, _length);

    /// <summary>Forgets the content.</summary>
    public void Release() => _ = Libc.madvise(_start, (nuint)_length, DontNeed);
}
