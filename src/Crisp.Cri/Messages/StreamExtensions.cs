namespace Crisp.Cri.Messages;

/// <summary>A list that is there already, as a stream.</summary>
internal static class StreamExtensions
{
    public static async IAsyncEnumerable<T> ToStream<T>(this IEnumerable<T> items)
    {
        foreach (var item in items)
            yield return await ValueTask.FromResult(item);
    }
}
