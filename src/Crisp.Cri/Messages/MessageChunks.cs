using Google.Protobuf;

namespace Crisp.Cri.Messages;

/// <summary>
/// Cuts a long list into messages of a bounded size, so that no list is too long for a caller: kubelet takes 16 MB at
/// once. An item that is larger than the bound goes alone.
/// </summary>
internal static class MessageChunks
{
    /// <summary>
    /// Bytes of items in one message; small enough for many listeners, large enough to cost few messages.
    /// </summary>
    internal const int MostBytes = 256 * 1024;

    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items)
        where T : IMessage
    {
        var chunk = new List<T>();
        var bytes = 0;
        foreach (var item in items)
        {
            var size = item.CalculateSize();
            if (chunk.Count > 0 && bytes + size > MostBytes)
            {
                yield return chunk;
                chunk = [];
                bytes = 0;
            }
            chunk.Add(item);
            bytes += size;
        }
        if (chunk.Count > 0)
            yield return chunk;
    }
}
