using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Configuration;
using Crisp.Ctl.Connection;
using Crisp.Ctl.Streaming;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>One use of a verb: what was typed, where to write, whom to ask.</summary>
internal sealed record Invocation(
    ParsedFlags Flags, IReadOnlyList<string> Arguments, Terminal Terminal, CriConnection Connection)
{
    internal ClientSettings Settings => Connection.Settings;

    internal TextWriter Text => Terminal.Text;

    internal ValueTask<RuntimeService.RuntimeServiceClient> RuntimeAsync(CancellationToken ct) =>
        Connection.RuntimeAsync(ct);

    internal ValueTask<ImageService.ImageServiceClient> ImagesAsync(CancellationToken ct) => Connection.ImagesAsync(ct);

    /// <summary>Makes a call and, with --debug, says what it was and how long it took.</summary>
    internal async Task<T> CallAsync<T>(string what, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken ct)
    {
        var started = Terminal.Clock.GetTimestamp();
        try
        {
            return await call(Connection.Call(ct));
        }
        finally
        {
            if (Settings.Debug)
                await Terminal.ErrorText.WriteLineAsync(
                    $"{what} took {Terminal.Clock.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
        }
    }

    /// <summary>Connects with the command behind a URL that Exec or Attach answered.</summary>
    internal async Task<CommandSession> OpenSessionAsync(string url, CommandStreams streams, CancellationToken ct)
    {
        var upgrade = new HttpUpgrade(StreamUrl(url), StreamFlags.Tls(Flags));
        return new CommandSession(
            Terminal, await RemoteCommand.OpenAsync(StreamFlags.Transport(Flags), upgrade, streams, ct), streams);
    }

    /// <summary>Runtimes that leave the address to their caller's wits answer without one.</summary>
    internal static Uri StreamUrl(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https")) return parsed;
        throw new CtlException($"the runtime gave \"{url}\" to connect to, which is no http URL");
    }

    /// <summary>The arguments, of which the verb's usage allows so many.</summary>
    internal IReadOnlyList<string> Expect(int least, int most, string what)
    {
        if (Arguments.Count < least) throw new UsageException($"{what} is missing");
        if (Arguments.Count > most) throw new UsageException($"\"{Arguments[most]}\" is one argument too many");
        return Arguments;
    }
}
