using System.Text;

namespace Crisp.Testing.Logs;

/// <summary>A container's log file, read the way kubelet reads it: a line without its newline is not there yet.</summary>
public sealed class LogFile(string path)
{
    public string Path => path;

    public IReadOnlyList<LogLine> Read() => File.Exists(path) ? Parse(ReadShared()) : [];

    public IReadOnlyList<string> Contents(string stream) =>
        Read().Where(line => line.Stream == stream).Select(line => line.Content).ToList();

    /// <summary>What the container wrote on one stream, with parts joined and newlines given back.</summary>
    public string Text(string stream)
    {
        StringBuilder text = new();
        foreach (LogLine line in Read().Where(line => line.Stream == stream))
        {
            text.Append(line.Content);
            if (line.Tag == "F")
                text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Waits, by inotify, until a whole line satisfies.</summary>
    public async Task<LogLine> WaitForAsync(Func<LogLine, bool> satisfies, TimeSpan? patience = null)
    {
        string directory = System.IO.Path.GetDirectoryName(path)!;
        using FileSystemWatcher watcher = new(directory, System.IO.Path.GetFileName(path));
        SemaphoreSlim changed = new(0);
        watcher.Changed += (_, _) => changed.Release();
        watcher.Created += (_, _) => changed.Release();
        watcher.Renamed += (_, _) => changed.Release();
        watcher.EnableRaisingEvents = true;

        using CancellationTokenSource deadline = new(patience ?? Eventually.Patience);
        while (true)
        {
            IReadOnlyList<LogLine> lines = Read();
            if (lines.FirstOrDefault(satisfies) is { } found)
                return found;
            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{path} has no such line; it holds:\n{string.Join('\n', lines.TakeLast(20))}");
            }
        }
    }

    public Task<LogLine> WaitForAsync(string content) => WaitForAsync(line => line.Content == content);

    private byte[] ReadShared()
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static List<LogLine> Parse(byte[] bytes)
    {
        List<LogLine> lines = [];
        int start = 0;
        for (int end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            lines.Add(LogLine.Parse(bytes[start..end]));
            start = end + 1;
        }

        return lines;
    }
}
