using Crisp.Bench.Report;

namespace Crisp.Bench.Cases;

/// <summary>
/// What a container writes when its log is measured: lines of one length. They are made beforehand and written by
/// `cat`, which costs next to nothing, so that whoever keeps the log is what limits. The first line says that all is
/// ready, the last that it is over; the time between them is taken from the log itself.
/// </summary>
/// <param name="Title">The length, in words.</param>
/// <param name="LineBytes">With the newline.</param>
public sealed record LogLoad(string Title, int LineBytes)
{
    public const string First = "begin";
    public const string Last = "done";
    public const int Megabytes = FileMegabytes * Repetitions;

    private const int FileMegabytes = 8;
    private const int Repetitions = 50;

    public static readonly LogLoad[] All = [new("100-byte lines", 100), new("16 KB lines", 16_000)];

    public Figure Speed => new($"log of {Megabytes} MB, {Title}", "MB/s", MoreIsBetter: true);

    public Figure Cpu => new($"log, {Title}: CPU of all that keeps it", "s/GB");

    public string Command =>
        $"cd /dev/shm; yes {new string('x', LineBytes - 1)} | head -c {FileMegabytes}000000 > lines; echo {First}; "
        + $"i=0; while [ $i -lt {Repetitions} ]; do cat lines; i=$((i+1)); done; echo; echo {Last}; exec sleep 600";
}
