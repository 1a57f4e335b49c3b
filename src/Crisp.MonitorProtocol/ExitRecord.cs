using System.Globalization;
using System.Text;

namespace Crisp.MonitorProtocol;

/// <summary>
/// How a container ended. On disk: one "key=value" a line, in ASCII but for the message, unknown keys ignored:
/// exit_code, signal (0: none), oom_killed (0 or 1), finished_at_nanos (since 1970, UTC), pid, start_time (clock ticks
/// since boot), boot_id, message (what went wrong beside it; optional), and last of all "end=1": a file without that
/// line is torn and counts as absent.
/// </summary>
public sealed record ExitRecord(int ExitCode, int? Signal, bool OomKilled, long FinishedAtNanos, string? Message)
{
    private const int MaxBytes = 64 * 1024;

    public int Pid { get; init; }

    public ulong StartTime { get; init; }

    public string BootId { get; init; } = "";

    /// <summary>The record in a file; null when there is none, or only a part of one.</summary>
    public static ExitRecord? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MaxBytes ? Parse(File.ReadAllText(path)) : null;
        }
        catch (IOException)
        {
            return null; // it vanished, or its disk is broken: the same to the caller
        }
    }

    /// <summary>The first whole record among several files.</summary>
    public static ExitRecord? ReadFirst(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (Read(path) is { } record)
                return record;
        }

        return null;
    }

    public static ExitRecord? Parse(string text)
    {
        var values = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=');
            if (equals > 0)
                values[line[..equals]] = line[(equals + 1)..];
        }

        if (values.GetValueOrDefault("end") != "1" || Number(values, "exit_code") is not { } code ||
            Number(values, "finished_at_nanos") is not { } finished)
            return null;
        var signal = Number(values, "signal") ?? 0;
        return new ExitRecord(
            (int)code, signal == 0 ? null : (int)signal, Number(values, "oom_killed") == 1, finished,
            values.GetValueOrDefault("message"))
        {
            Pid = (int)(Number(values, "pid") ?? 0),
            StartTime = (ulong)(Number(values, "start_time") ?? 0),
            BootId = values.GetValueOrDefault("boot_id") ?? "",
        };
    }

    /// <summary>The file's content.</summary>
    public byte[] Format()
    {
        var text = new StringBuilder();
        text.Append("exit_code=").Append(ExitCode)
            .Append("\nsignal=").Append(Signal ?? 0)
            .Append("\noom_killed=").Append(OomKilled ? 1 : 0)
            .Append("\nfinished_at_nanos=").Append(FinishedAtNanos)
            .Append("\npid=").Append(Pid)
            .Append("\nstart_time=").Append(StartTime)
            .Append("\nboot_id=").Append(BootId);
        if (Message is not null)
            text.Append("\nmessage=").Append(Message.Replace('\n', ' '));
        return Encoding.UTF8.GetBytes(text.Append("\nend=1\n").ToString());
    }

    private static long? Number(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var text) &&
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
