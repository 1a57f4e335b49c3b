using System.Buffers;
using System.IO.Compression;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>The one compression besides none that gRPC implementations share.</summary>
internal static class GzipCodec
{
    private const int ChunkBytes = 16 * 1024;

    public static void Compress(ReadOnlySpan<byte> plain, PooledBuffer target)
    {
        using var sink = new BufferWriterStream(target);
        using var gzip = new GZipStream(sink, CompressionLevel.Fastest);
        gzip.Write(plain);
    }

    /// <summary>
    /// Stops with ResourceExhausted at the first byte beyond the bound, so that a bomb never unfolds.
    /// </summary>
    public static void Decompress(in ReadOnlySequence<byte> packed, PooledBuffer target, int maxBytes)
    {
        try
        {
            using var gzip = new GZipStream(new SequenceStream(packed), CompressionMode.Decompress);
            for (int read; (read = gzip.Read(target.GetSpan(ChunkBytes))) > 0;)
            {
                target.Advance(read);
                if (target.Written.Length > maxBytes)
                {
                    throw MessagePrefix.TooLarge(target.Written.Length, maxBytes);
                }
            }
        }
        catch (InvalidDataException failure)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"a message could not be decompressed: {failure.Message}", failure));
        }
    }
}
