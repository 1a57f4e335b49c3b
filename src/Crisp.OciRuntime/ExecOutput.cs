using System.Text;
using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>
/// Output of an exec, bounded. Both streams together fit the message that a kubelet takes (16 MiB with its framing).
/// </summary>
internal static class ExecOutput
{
    /// <summary>Room for the notice and the message's framing, bytes.</summary>
    private const int Margin = 4096;

    public const int MostBytes = (16 * 1024 * 1024) - Margin;

    public static ExecResult Fit(ProgramResult result, string? runtimeMessage)
    {
        var stdout = Math.Min(result.Stdout.Length, MostBytes);
        var stderr = Math.Min(result.Stderr.Length, MostBytes - stdout);
        var truncated = result.Truncated || stderr < result.Stderr.Length;
        // Both runtimes of today write their error to stderr as well; one that does not is completed.
        var isSaid = runtimeMessage is null
            || Encoding.UTF8.GetString(result.Stderr.AsSpan(0, stderr)).Contains(Unquoted(runtimeMessage));
        var notice = (isSaid ? "" : runtimeMessage + "\n")
            + (truncated ? $"\n[output cut: crisp keeps {MostBytes} bytes of an ExecSync]\n" : "");
        return new ExecResult
        {
            ExitCode = result.Exit.ToShellCode(),
            Stdout = result.Stdout.AsMemory(0, stdout),
            Stderr = Append(result.Stderr.AsMemory(0, stderr), notice),
            Truncated = truncated,
        };
    }

    /// <summary>runc's text log escapes quotes, so the text up to the first one has to do.</summary>
    private static string Unquoted(string message) => message.Split('"')[0];

    private static ReadOnlyMemory<byte> Append(ReadOnlyMemory<byte> text, string notice) =>
        notice.Length == 0 ? text : (byte[])[.. text.Span, .. Encoding.UTF8.GetBytes(notice)];
}
