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
        int stdout = Math.Min(result.Stdout.Length, MostBytes);
        int stderr = Math.Min(result.Stderr.Length, MostBytes - stdout);
        bool truncated = result.Truncated || stderr < result.Stderr.Length;
        string notice = (runtimeMessage is null ? "" : runtimeMessage + "\n")
            + (truncated ? $"\n[output cut: crisp keeps {MostBytes} bytes of an ExecSync]\n" : "");
        return new ExecResult
        {
            ExitCode = result.Exit.ToShellCode(),
            Stdout = result.Stdout.AsMemory(0, stdout),
            Stderr = Append(result.Stderr.AsMemory(0, stderr), notice),
            Truncated = truncated,
        };
    }

    private static ReadOnlyMemory<byte> Append(ReadOnlyMemory<byte> text, string notice) =>
        notice.Length == 0 ? text : (byte[])[.. text.Span, .. Encoding.UTF8.GetBytes(notice)];
}
