using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Configuration;
using Crisp.Ctl.Connection;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>One use of a verb: what was typed, where to write, whom to ask.</summary>
internal sealed record Invocation(
    ParsedFlags Flags, IReadOnlyList<string> Arguments, Terminal Terminal, CriConnection Connection)
{
    internal ClientSettings Settings => Connection.Settings;

    internal TextWriter Text => Terminal.Text;

    internal ValueTask<RuntimeService.RuntimeServiceClient> RuntimeAsync(CancellationToken ct) => Connection.RuntimeAsync(ct);

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

    /// <summary>The arguments, of which the verb's usage allows so many.</summary>
    internal IReadOnlyList<string> Expect(int least, int most, string what)
    {
        if (Arguments.Count < least) throw new UsageException($"{what} is missing");
        if (Arguments.Count > most) throw new UsageException($"\"{Arguments[most]}\" is one argument too many");
        return Arguments;
    }
}
