using System.Text;
using System.Text.Json;

namespace Crisp.OciRuntime;

/// <summary>
/// Reads what a runtime wrote with --log FILE --log-format json: one object a line with "level", "msg", "time". It
/// holds the runtime's own words apart from the container's stderr.
/// </summary>
public static class RuntimeLog
{
    /// <summary>A log beyond this is debug output; its end has the error, bytes.</summary>
    private const int MostBytes = 256 * 1024;

    /// <summary>The last error, which names the cause best; null where there is none, or no log at all.</summary>
    public static string? LastError(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = File.OpenRead(path);
        if (file.Length > MostBytes)
            file.Seek(-MostBytes, SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return LastErrorOf(reader.ReadToEnd());
    }

    internal static string? LastErrorOf(string log)
    {
        string? last = null;
        foreach (var line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            last = ErrorOf(line) ?? last;
        return last;
    }

    private static string? ErrorOf(string line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return Text(entry, "level") is "error" or "fatal" or "panic" ? Text(entry, "msg") : null;
        }
        catch (JsonException)
        {
            return null; // the first line of a tail may be cut
        }
    }

    private static string? Text(JsonDocument entry, string name) =>
        entry.RootElement.ValueKind == JsonValueKind.Object
        && entry.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
