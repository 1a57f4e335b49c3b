using System.Buffers;
using System.IO.Pipelines;

namespace Crisp.Grpc.Transport;

/// <summary>The 24 bytes with which every HTTP/2 client begins (RFC 9113, section 3.4).</summary>
internal static class Http2Preface
{
    public static ReadOnlySpan<byte> Bytes => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Looks, and leaves all bytes where they are. Null: the peer closed before it could be told.</summary>
    public static async ValueTask<bool?> IsNextAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var decided = Decide(result.Buffer);
            var isLast = decided is not null || result.IsCompleted;
            input.AdvanceTo(result.Buffer.Start, isLast ? result.Buffer.Start : result.Buffer.End);
            if (isLast)
            {
                return decided;
            }
        }
    }

    private static bool? Decide(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> seen = stackalloc byte[Bytes.Length];
        var length = (int)Math.Min(buffer.Length, Bytes.Length);
        buffer.Slice(0, length).CopyTo(seen);
        if (!Bytes.StartsWith(seen[..length]))
        {
            return false;
        }

        return length == Bytes.Length ? true : null;
    }
}
