using System.Globalization;
using System.Text.Json;

namespace Crisp.Streaming.RemoteCommand;

/// <summary>
/// How a session ended, in the words of the error stream: from v4 on a metav1.Status, before that a sentence, and
/// nothing at all for success.
/// </summary>
public static class ExitMessage
{
    private const string ExitCodeCause = "ExitCode";
    private const string NonZeroExitCode = "NonZeroExitCode";

    /// <summary>A command that ended by itself. 0 is success.</summary>
    public static StatusMessage OfExitCode(int exitCode) => exitCode == 0
        ? new StatusMessage { Status = "Success" }
        : new StatusMessage
        {
            Status = "Failure",
            Reason = NonZeroExitCode,
            Message = $"command terminated with non-zero exit code: exit code {exitCode}",
            Details = new StatusDetails
            {
                Causes = [new StatusCause(ExitCodeCause, exitCode.ToString(CultureInfo.InvariantCulture))]
            },
        };

    /// <summary>Anything else that ended it.</summary>
    public static StatusMessage OfError(string sentence) => new()
    {
        Status = "Failure",
        Reason = "InternalError",
        Message = sentence,
        Details = new StatusDetails { Causes = [new StatusCause(null, sentence)] },
        Code = 500,
    };

    public static byte[] Write(StatusMessage status) =>
        JsonSerializer.SerializeToUtf8Bytes(status, RemoteCommandJson.Default.StatusMessage);

    /// <summary>Null when it is no Status.</summary>
    public static StatusMessage? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RemoteCommandJson.Default.StatusMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The command's exit code; null where something else went wrong.</summary>
    public static int? ExitCodeOf(StatusMessage status) =>
        status.Status == "Success" ? 0
        : status.Reason == NonZeroExitCode
            && status.Details?.Causes?.FirstOrDefault(cause => cause.Reason == ExitCodeCause)?.Message is { } text
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code
        : null;
}
