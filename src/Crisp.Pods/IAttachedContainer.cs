namespace Crisp.Pods;

/// <summary>
/// The streams of a running container, for one who attached to it; any number may at a time, each at its own pace.
/// <list type="bullet">
/// <item>Output is what the container writes from the attach on; what it wrote before is in its log. The container
/// never waits for a reader: one that falls behind by more than its buffer reads its buffer to the end and then
/// <see cref="AttachEnd.TooSlow"/>. So: read eagerly.</item>
/// <item>Bytes go from the monitor's pipe to the reader, and from the writer straight into the container's own pipe or
/// terminal, with nothing in between.</item>
/// <item>Disposing detaches, whatever is still in flight; the container keeps its input open for the next one, unless
/// it was made with stdin_once and this attach was the one that had it.</item>
/// </list>
/// </summary>
public interface IAttachedContainer : IAsyncDisposable
{
    /// <summary>A terminal: input and output are one, stderr comes as stdout, and sizes matter.</summary>
    bool IsTerminal { get; }

    /// <summary>
    /// Write to it, asynchronously; an <see cref="IOException"/> says that nobody reads any more (the container has
    /// ended or closed its input). Null when it was not asked for, or the container has no input or no longer.
    /// </summary>
    Stream? Stdin { get; }

    /// <summary>Read it, asynchronously, to its end. Null when it was not asked for.</summary>
    Stream? Stdout { get; }

    /// <summary>The same; null for a terminal, too.</summary>
    Stream? Stderr { get; }

    /// <summary>
    /// Completes, and never faults, when the container's output has ended or this attach was cut off; it may be known a
    /// moment before the last bytes were read, so read the streams to their end first.
    /// </summary>
    Task<AttachEnd> Ended { get; }

    /// <summary>
    /// The client's input has ended: the container sees the end of its own if it was made with stdin_once, and nothing
    /// otherwise. Output goes on. Closed already is fine.
    /// </summary>
    ValueTask CloseStdinAsync();

    /// <summary>
    /// Tells the programs in the terminal its size, in characters; without a terminal nothing happens.
    /// </summary>
    void Resize(ushort columns, ushort rows);
}
