using System.Collections.Concurrent;
using Crisp.Linux;
using Microsoft.Extensions.Logging;

namespace Crisp.Images.Content;

/// <summary>
/// Deletes in the background: a thing is renamed into the trash directory at once, and gone from sight, and its tree
/// is removed later. What a killed daemon left there is removed at the next start.
/// </summary>
internal sealed partial class Trash : IAsyncDisposable
{
    private readonly string _directory;
    private readonly ILogger _log;
    private readonly BlockingCollection<string> _pending = [];
    private readonly Task _worker;
    private long _number;

    public Trash(string directory, ILogger log)
    {
        _directory = directory;
        _log = log;
        PrivateDirectory.Make(directory);
        foreach (var left in Directory.EnumerateFileSystemEntries(directory))
        {
            _pending.Add(left);
            // Names are numbers: new ones come after the old.
            if (long.TryParse(Path.GetFileName(left), out var number)) _number = Math.Max(_number, number);
        }
        _worker = Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes whatever has the path, on the same file system; not there is fine.</summary>
    public void Take(string path)
    {
        var aside = $"{_directory}/{Interlocked.Increment(ref _number)}";
        try
        {
            if (new FileInfo(path).LinkTarget is not null || File.Exists(path)) File.Move(path, aside);
            else if (Directory.Exists(path)) Directory.Move(path, aside);
            else return;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        _pending.Add(aside);
    }

    /// <summary>Finishes what is pending.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.CompleteAdding();
        await _worker;
        _pending.Dispose();
    }

    private void Work()
    {
        foreach (var path in _pending.GetConsumingEnumerable())
        {
            try
            {
                TreeRemoval.Remove(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotRemoved(path, e.Message);
            }
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "cannot remove {Path}, trying again at the next start: {Reason}")]
    private partial void LogNotRemoved(string path, string reason);
}
