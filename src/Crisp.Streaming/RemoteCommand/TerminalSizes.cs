using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Crisp.Streaming.RemoteCommand;

/// <summary>Terminal sizes as a stream of bytes: one JSON object after the other, whatever is between them.</summary>
public static class TerminalSizes
{
    /// <summary>Longest object taken, bytes.</summary>
    private const int MostBytes = 1024;

    /// <summary>Ends with the stream, however that ends; what is no size is passed over.</summary>
    internal static async IAsyncEnumerable<TerminalSize> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var buffer = new byte[MostBytes];
        var length = 0;
        while (true)
        {
            var count = await TryReadAsync(stream, buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (count == 0)
                yield break;
            length += count;
            for (var end = buffer.AsSpan(0, length).IndexOf(
                (byte)'}'); end >= 0; end = buffer.AsSpan(0, length).IndexOf((byte)'}'))
            {
                var size = Parse(buffer.AsSpan(0, end + 1));
                buffer.AsSpan(end + 1, length - end - 1).CopyTo(buffer);
                length -= end + 1;
                if (size is not null)
                    yield return size;
            }

            if (length == buffer.Length)
                length = 0; // no size is that long
        }
    }

    /// <summary>Null when it is no size.</summary>
    public static TerminalSize? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var start = json.IndexOf((byte)'{');
            return start < 0 ? null : JsonSerializer.Deserialize(json[start..], TerminalSizeJson.Default.TerminalSize);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(TerminalSize size) =>
        JsonSerializer.SerializeToUtf8Bytes(size, TerminalSizeJson.Default.TerminalSize);

    private static async ValueTask<int> TryReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
