namespace Crisp.Ctl.LogReading;

/// <summary>Prints a container's log, and goes on with it across rotations for as long as the container runs.</summary>
internal sealed class LogReader(Terminal terminal, LogOptions options, Func<CancellationToken, Task<bool>> isRunning)
{
    /// <summary>A container's end makes no noise in its log, so a quiet log is a reason to ask.</summary>
    private static readonly TimeSpan s_quietTime = TimeSpan.FromSeconds(1);

    private readonly LogPrinter _printer = new(terminal, options);

    internal async Task ReadAsync(string path, CancellationToken ct)
    {
        // The watch comes before the first reading: what is written in between is not missed.
        using var watch = options.Follow && Directory.Exists(Path.GetDirectoryName(path)) ? new LogWatch(path) : null;
        var file = LogFile.Open(path);
        try
        {
            if (options.Tail is { } lines) file.SkipToTail(lines);
            var ended = false;
            while (true)
            {
                // Whoever writes has left the old file when the new one is there: what it holds now is all.
                var replaced = watch?.TakeReplaced() == true;
                PrintAll(file, isLast: replaced || ended || watch is null);
                _printer.Flush();
                if (_printer.LimitReached) return;
                if (replaced && File.Exists(path))
                {
                    file.Dispose();
                    file = LogFile.Open(path);
                    continue;
                }

                if (ended || watch is null) return;
                ended = !await watch.WaitAsync(s_quietTime, ct) && !await isRunning(ct);
            }
        }
        finally
        {
            file.Dispose();
        }
    }

    private void PrintAll(LogFile file, bool isLast)
    {
        while (!_printer.LimitReached && file.TryReadLine(out var line)) _printer.Print(line);
        if (isLast && !_printer.LimitReached && file.TryTakeRest(out var rest)) _printer.Print(rest);
    }
}
