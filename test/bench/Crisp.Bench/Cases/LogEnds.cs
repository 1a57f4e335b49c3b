using System.Globalization;
using System.Text;

namespace Crisp.Bench.Cases;

/// <summary>The first and the last line of a log that is being written, and their times.</summary>
public static class LogEnds
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits for the last line and returns the seconds between the two.</summary>
    public static async Task<double> SecondsAsync(string path)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            if (File.Exists(path)
                && TimeOf(Tail(path), LogLoad.Last) is { } last && TimeOf(Head(path), LogLoad.First) is { } first)
                return (last - first).TotalSeconds;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private static DateTimeOffset? TimeOf(string lines, string content)
    {
        var line = lines.Split('\n').FirstOrDefault(
            line => line.EndsWith($" stdout F {content}", StringComparison.Ordinal));
        return line is null ? null : DateTimeOffset.Parse(line[..line.IndexOf(' ')], CultureInfo.InvariantCulture);
    }

    private static string Head(string path) => Read(path, _ => 0);

    private static string Tail(string path) => Read(path, length => Math.Max(length - 200, 0));

    private static string Read(string path, Func<long, long> start)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = start(file.Length);
        var buffer = new byte[200];
        return Encoding.Latin1.GetString(buffer, 0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
