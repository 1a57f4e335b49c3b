using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>The streams that crispctl opened, by their type, as a runtime sees them.</summary>
internal sealed class FakeSession(SpdySession session, IReadOnlyDictionary<string, SpdyStream> streams)
    : IAsyncDisposable
{
    internal SpdyStream this[string type] => streams[type];

    /// <summary>Says how the command ended, and ends as a server of Go does: every stream is reset.</summary>
    internal async Task EndAsync(StatusMessage status)
    {
        await streams["error"].WriteAsync(ExitMessage.Write(status));
        foreach (var stream in streams.Values) stream.Reset(SpdyStatus.Cancel);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
