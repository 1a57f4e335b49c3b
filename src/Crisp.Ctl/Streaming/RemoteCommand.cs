using Crisp.Streaming.RemoteCommand;

namespace Crisp.Ctl.Streaming;

/// <summary>A command in a container, whose streams come over some connection. One caller reads, one writes.</summary>
internal abstract class RemoteCommand : IAsyncDisposable
{
    internal static async Task<RemoteCommand> OpenAsync(
        StreamTransport transport, HttpUpgrade upgrade, CommandStreams streams, CancellationToken ct) =>
        transport == StreamTransport.Spdy
            ? await SpdyCommand.OpenAsync(upgrade, streams, ct)
            : await WebSocketCommand.OpenAsync(upgrade, ct);

    internal abstract ValueTask WriteStdinAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Nothing more is typed.</summary>
    internal abstract ValueTask EndStdinAsync(CancellationToken ct);

    internal abstract ValueTask ResizeAsync(TerminalSize size, CancellationToken ct);

    /// <summary>Passes on what the command writes until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    internal abstract Task<int> RunAsync(Stream stdout, Stream stderr, CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    /// <summary>What the error stream said, as an exit code; what is none is thrown.</summary>
    /// <param name="said">All of it.</param>
    /// <param name="isStatus">A metav1.Status, as since v4; otherwise a sentence, and nothing for success.</param>
    /// <param name="failure">Why the connection ended, if it failed.</param>
    private protected static int ExitCodeOf(ReadOnlySpan<byte> said, bool isStatus, Exception? failure)
    {
        if (said.IsEmpty && (isStatus || failure is not null))
            throw new CtlException(
                $"the connection ended before the runtime said how the command did: {failure?.Message ?? "it was closed"}");
        if (said.IsEmpty) return 0;
        if (isStatus && ExitMessage.Read(said) is { } status)
            return ExitMessage.ExitCodeOf(status)
                ?? throw new CtlException(status.Message ?? "the runtime gave no reason for its failure");
        throw new CtlException(System.Text.Encoding.UTF8.GetString(said).Trim());
    }
}
