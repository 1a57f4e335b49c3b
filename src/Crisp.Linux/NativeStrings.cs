using System.Runtime.InteropServices;
using System.Text;

namespace Crisp.Linux;

/// <summary>A null-terminated array of C strings (argv, envp) in one block of native memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _pointers;

    internal NativeStrings(string? first, IReadOnlyList<string> rest)
    {
        var count = rest.Count + (first is null ? 0 : 1);
        var bytes = first is null ? 0 : SizeOf(first);
        for (var i = 0; i < rest.Count; i++)
            bytes += SizeOf(rest[i]);

        var table = (count + 1) * sizeof(byte*);
        _pointers = (byte**)NativeMemory.Alloc((nuint)(table + bytes));
        var next = (byte*)_pointers + table;
        var index = 0;
        if (first is not null)
            next = Append(first, next, index++);
        for (var i = 0; i < rest.Count; i++)
            next = Append(rest[i], next, index++);
        _pointers[index] = null;
    }

    internal byte** Pointers => _pointers;

    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }

    private static int SizeOf(string text) => text.Contains('\0')
        ? throw new ArgumentException("a program argument or environment entry contains a NUL character")
        : Encoding.UTF8.GetByteCount(text) + 1;

    private byte* Append(string text, byte* at, int index)
    {
        _pointers[index] = at;
        var length = Encoding.UTF8.GetBytes(text, new Span<byte>(at, SizeOf(text)));
        at[length] = 0;
        return at + length + 1;
    }
}
