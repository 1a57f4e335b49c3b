using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

/// <summary>The streaming decoder of libzstd (zstd.h, "Streaming decompression"). Loaded at the first call.</summary>
internal static partial class Zstd
{
    private const string Name = "libzstd.so.1";

    [LibraryImport(Name)]
    internal static partial nint ZSTD_createDStream();

    [LibraryImport(Name)]
    internal static partial nuint ZSTD_freeDStream(nint stream);

    [LibraryImport(Name)]
    internal static unsafe partial nuint ZSTD_decompressStream(nint stream, ZstdBuffer* output, ZstdBuffer* input);

    [LibraryImport(Name)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Name)]
    internal static partial nint ZSTD_getErrorName(nuint code);
}
