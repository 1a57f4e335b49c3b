using System.Text;

namespace Crisp.Testing.Logs;

/// <summary>
/// A container's log file, read the way kubelet reads it: a line without its newline is not there yet.
/// </summary>
public sealed class LogFile(string path)
{
    public string Path => path;

    /// <summary>Empty where there is no file, as in the middle of a rotation.</summary>
    public IReadOnlyList<LogLine> Read()
    {
        try
        {
            return Parse(ReadShared());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    public IReadOnlyList<string> Contents(string stream) =>
        Read().Where(line => line.Stream == stream).Select(line => line.Content).ToList();

    /// <summary>What the container wrote on one stream, with parts joined and newlines given back.</summary>
    public string Text(string stream)
    {
        var text = new StringBuilder();
        foreach (var line in Read().Where(line => line.Stream == stream))
        {
            text.Append(line.Content);
            if (line.Tag == "F")
                text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Waits until a whole line satisfies. It looks again and again: a machine has few inotify instances, and others
    /// need them.
    /// </summary>
    public async Task<LogLine> WaitForAsync(Func<LogLine, bool> satisfies)
    {
        IReadOnlyList<LogLine> lines = [];
        try
        {
            await Eventually.BecomesTrueAsync("the line is there", () => (lines = Read()).Any(satisfies));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{path} has no such line; it holds:\n{string.Join('\n', lines.TakeLast(20))}");
        }

        return lines.First(satisfies);
    }

    public Task<LogLine> WaitForAsync(string content) => WaitForAsync(line => line.Content == content);

    private byte[] ReadShared()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static List<LogLine> Parse(byte[] bytes)
    {
        List<LogLine> lines = [];
        var start = 0;
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            lines.Add(LogLine.Parse(bytes[start..end]));
            start = end + 1;
        }

        return lines;
    }
}
