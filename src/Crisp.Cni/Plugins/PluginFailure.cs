using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cni.Plugins;

/// <summary>A sentence for each way in which a plugin fails, and fails to explain itself.</summary>
internal static class PluginFailure
{
    /// <summary>It ended badly: merges exit status, the error on stdout and the diagnostics on stderr.</summary>
    internal static CniException Ended(PluginCall call, ProgramResult result)
    {
        if (result.Exit.Signal is { } signal)
            return Create(call, $"was killed by {Signals.NameOf(signal)} during {call.Verb}{Stderr(result)}");
        if (PluginError.TryParse(result.Stdout) is { } error) return Explained(call, error);

        var failed = $"failed {call.Verb} with exit code {result.Exit.Code}";
        return Create(call, (result.Stdout.AsSpan().Trim(" \t\r\n"u8).Length, result.Stderr.Length) switch
        {
            (0, 0) => $"{failed} and said nothing",
            (0, _) => $"{failed} and no CNI error{Stderr(result)}",
            _ => $"{failed} and printed something that is no CNI error: {QuotedText.Of(result.Stdout)}{Stderr(result)}",
        });
    }

    internal static CniException NoResult(PluginCall call, ProgramResult result, string problem) => Create(
        call,
        result.Stdout.Length == 0
            ? $"reported success for {call.Verb} but printed no result{Stderr(result)}"
            : $"reported success for {call.Verb} but printed no CNI result: {problem}: {QuotedText.Of(result.Stdout)}");

    internal static CniException TooMuchOutput(PluginCall call) =>
        Create(call, $"printed more than {CniLimits.OutputBytes} bytes for {call.Verb}");

    internal static CniException TimedOut(PluginCall call, TimeSpan timeout, Exception inner) => Create(
        call, $"did not finish {call.Verb} within {timeout.TotalSeconds:0.###} s and was killed", inner,
        ErrorKind.DeadlineExceeded);

    internal static CniException NotFound(PluginCall call, string problem) => new(ErrorKind.Internal, problem)
    {
        Plugin = call.Plugin,
        Verb = call.Verb,
    };

    internal static CniException NotStarted(PluginCall call, SyscallException e) =>
        Create(call, $"could not be started for {call.Verb}: {e.Message}", e);

    private static CniException Explained(PluginCall call, PluginError error)
    {
        var details = error.Details.Length > 0 ? $": {QuotedText.OneLine(error.Details)}" : "";
        var kind = error.Code == CniErrorCode.TryAgainLater ? ErrorKind.Unavailable : ErrorKind.Internal;
        return new CniException(
            kind,
            $"CNI plugin \"{call.Plugin}\" failed {call.Verb}: {QuotedText.OneLine(error.Message)} (code {error.Code}){details}")
        {
            Plugin = call.Plugin,
            Verb = call.Verb,
            Code = error.Code,
            PluginMessage = error.Message,
            Details = error.Details,
        };
    }

    private static CniException Create(
        PluginCall call, string what, Exception? inner = null, ErrorKind kind = ErrorKind.Internal) =>
        new(kind, $"CNI plugin \"{call.Plugin}\" {what}", inner) { Plugin = call.Plugin, Verb = call.Verb };

    private static string Stderr(ProgramResult result) =>
        result.Stderr.AsSpan().Trim(" \t\r\n"u8).Length > 0 ? $"; its stderr: {QuotedText.Of(result.Stderr)}" : "";
}
