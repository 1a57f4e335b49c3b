using System.Globalization;
using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>What a cgroup did to one block device.</summary>
internal sealed record BlockIo(uint Major, uint Minor)
{
    internal ulong ReadBytes { get; private init; }

    internal ulong Reads { get; private init; }

    internal ulong WrittenBytes { get; private init; }

    internal ulong Writes { get; private init; }

    /// <summary>io.stat of v2: "254:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0".</summary>
    internal static IEnumerable<BlockIo> ParseUnified(string? text)
    {
        foreach (var words in Words(text))
        {
            if (Device(words[0]) is { } device)
                yield return device with
                {
                    ReadBytes = Value(words, "rbytes="),
                    Reads = Value(words, "rios="),
                    WrittenBytes = Value(words, "wbytes="),
                    Writes = Value(words, "wios="),
                };
        }
    }

    /// <summary>Two files of v1, of bytes and of operations: "254:0 Read 4096".</summary>
    internal static IEnumerable<BlockIo> ParseSeparate(string? bytes, string? operations)
    {
        var devices = new Dictionary<string, BlockIo>(StringComparer.Ordinal);
        foreach (var (device, operation, value) in Lines(bytes))
            devices[device] = operation switch
            {
                "Read" => Known(devices, device) with { ReadBytes = value },
                "Write" => Known(devices, device) with { WrittenBytes = value },
                _ => Known(devices, device),
            };
        foreach (var (device, operation, value) in Lines(operations))
            devices[device] = operation switch
            {
                "Read" => Known(devices, device) with { Reads = value },
                "Write" => Known(devices, device) with { Writes = value },
                _ => Known(devices, device),
            };
        return devices.Values;
    }

    private static BlockIo Known(Dictionary<string, BlockIo> devices, string device) =>
        devices.GetValueOrDefault(device) ?? Device(device)!; // Lines has parsed it

    private static IEnumerable<(string Device, string Operation, ulong Value)> Lines(string? text) =>
        Words(text).Where(words => words.Length == 3 && Device(words[0]) is not null)
            .Select(words => (words[0], words[1], KeyedLines.Number(words[2]) ?? 0));

    private static IEnumerable<string[]> Words(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static BlockIo? Device(string text) =>
        text.Split(':') is [var major, var minor]
        && uint.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && uint.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new BlockIo(first, second)
            : null;

    private static ulong Value(string[] words, string key) =>
        KeyedLines.Number(
            Array.Find(words, word => word.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "") ?? 0;
}
