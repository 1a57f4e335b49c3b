using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Crisp.Bundle;
using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// One value of one file (none: of the command line), read as the type its key wants. What does not fit is refused with
/// file, line and key.
/// </summary>
internal sealed record ConfiguredValue(string File, string Key, TomlValue Value)
{
    private static readonly SearchValues<char> s_decimal = SearchValues.Create("0123456789.");

    public string Text() => Value is TomlString s ? s.Value : throw Wanted("a string");

    /// <summary>A path that means the same whatever directory the daemon was started in.</summary>
    public string Path() => Text() is ['/', ..] path ? TrimSlash(path) : throw Wanted("an absolute path");

    /// <summary>A path that the kernel takes as, or in, the name of a socket (unix(7): 107 bytes in all).</summary>
    public string Path(int maxBytes) =>
        Encoding.UTF8.GetByteCount(Path()) <= maxBytes ? Path() : throw Wanted($"at most {maxBytes} bytes long");

    public string PathOrEmpty() => Text() is "" ? "" : Path();

    public bool Boolean() => Value is TomlBoolean b ? b.Value : throw Wanted("true or false");

    public long Integer(long min, long max) =>
        Value is TomlInteger i && i.Value >= min && i.Value <= max ? i.Value
            : throw Wanted(max == long.MaxValue ? $"an integer of at least {min}" : $"an integer from {min} to {max}");

    public TimeSpan Seconds(long min) => TimeSpan.FromSeconds(Integer(min, int.MaxValue));

    public IPAddress Address() => IPAddress.TryParse(Text(), out var address) ? address : throw Wanted("an IP address");

    /// <summary>A port in a string, as crio.conf has it.</summary>
    public int Port() => ushort.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw Wanted("a string with a port from 0 to 65535");

    /// <summary>Numbers with units, such as "1h30m" or "90s", of more than nothing; null for an empty text.</summary>
    public TimeSpan? DurationOrNull()
    {
        var text = Text().AsSpan();
        if (text.IsEmpty)
            return null;
        var sum = 0L;
        while (text.IndexOfAnyExceptInRange('0', '9') is > 0 and var digits
            && int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && text[digits] switch { 'h' => 3600, 'm' => 60, 's' => 1, _ => 0 } is > 0 and var seconds)
        {
            sum += (long)number * seconds;
            text = text[(digits + 1)..];
        }

        return text.IsEmpty && sum > 0 && sum < int.MaxValue
            ? TimeSpan.FromSeconds(sum)
            : throw Wanted("a time such as \"90s\", \"30m\" or \"4h\"");
    }

    /// <summary>"pod", a slice, an absolute path beneath the cgroup mounts, or nothing.</summary>
    public string CgroupOfMonitors() =>
        Text() is "" or "pod" or ['/', _, ..] || Text().EndsWith(".slice", StringComparison.Ordinal)
            ? Text()
            : throw Wanted("\"pod\", a slice, an absolute path or nothing");

    public T Choice<T>(IReadOnlyDictionary<string, T> choices) =>
        choices.TryGetValue(Text(), out var chosen) ? chosen
            : throw Wanted("one of " + string.Join(", ", choices.Keys.Select(key => key.Length == 0 ? "\"\"" : key)));

    public IReadOnlyList<string> Texts() => Items("strings", _ => true);

    public IReadOnlyList<string> Paths() => [.. Items("absolute paths", t => t.StartsWith('/')).Select(TrimSlash)];

    /// <summary>A size such as "12MiB", "7.5MiB" or "500000" in bytes; null for an empty text.</summary>
    public long? SizeOrNull()
    {
        var text = Text();
        if (text.Length == 0)
            return null;
        var digits = text.AsSpan().IndexOfAnyExcept(s_decimal) is >= 0 and var end ? end : text.Length;
        var factor = text[digits..].Trim() switch
        {
            "" or "B" => 1L,
            "K" or "KB" or "KiB" => 1L << 10,
            "M" or "MB" or "MiB" => 1L << 20,
            "G" or "GB" or "GiB" => 1L << 30,
            _ => 0,
        };
        return factor > 0
            && decimal.TryParse(
                text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / factor
            ? (long)(number * factor)
            : throw Wanted("a size such as \"12MiB\"");
    }

    /// <summary>Strings of the form NAME=VALUE.</summary>
    public IReadOnlyList<string> Assignments() => Items("NAME=VALUE strings", t => t.IndexOf('=') > 0);

    /// <summary>Strings of the form NAME=VALUE, NAME a sysctl of a pod's namespace.</summary>
    public IReadOnlyList<string> Sysctls() => Items("NAME=VALUE strings with sysctls of network or IPC", IsPodSysctl);

    /// <summary>Strings that are <see cref="UlimitText"/>.</summary>
    public IReadOnlyList<string> Ulimits()
    {
        var texts = Items("NAME=SOFT:HARD strings", text => text.IndexOf('=') > 0);
        foreach (var text in texts)
        {
            if (UlimitText.Problem(text) is { } problem)
                throw Refused(problem);
        }
        return texts;
    }

    public ConfigurationException Wanted(string wanted) => Refused($"must be {wanted}, not {Shown()}");

    public ConfigurationException Refused(string problem) =>
        new((File.Length > 0 ? $"{File} line {Value.Position.Line}: " : "") + $"{Key} {problem}");

    private IReadOnlyList<string> Items(string wanted, Func<string, bool> fits)
    {
        if (Value is not TomlArray array)
            throw Wanted($"an array of {wanted}");
        return [.. array.Items.Select(i => i is TomlString s && fits(s.Value) ? s.Value
            : throw (this with { Value = i }).Wanted($"an array of {wanted}"))];
    }

    private string Shown() => Value switch
    {
        TomlString s => TomlText.Quote(s.Value),
        TomlInteger i => i.Value.ToString(CultureInfo.InvariantCulture),
        _ => Value.Kind,
    };

    private static string TrimSlash(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    private static bool IsPodSysctl(string text) =>
        text.Split('=') is [{ Length: > 0 } name, { Length: > 0 }]
            && PodSysctl.NamespaceOf(name.Trim()) is not null && !text.Contains("..");
}
