using Crisp.Linux;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// One daemon per state directory and per volatile directory: two of them on one set of records would undo each
/// other's work. The locks are flocks and end with the process, however it ends.
/// </summary>
internal sealed class StateLock : IDisposable
{
    private const string FileName = "daemon.lock";

    private readonly List<FileDescriptor> _locks = [];

    /// <summary>Makes the directories, for root alone, where they are absent.</summary>
    public static StateLock Take(params ReadOnlySpan<string> directories)
    {
        var taken = new StateLock();
        try
        {
            foreach (var directory in directories)
                taken.Add(directory);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => _locks.ForEach(l => l.Dispose());

    private void Add(string directory)
    {
        try
        {
            Directory.CreateDirectory(
                directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            _locks.Add(FileLock.TryLockExclusive(Path.Combine(directory, FileName)) ?? throw new StartException(
                ExitCodes.StateLocked,
                $"another crisp works on {directory}; stop it, or give this one directories of its own"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SyscallException)
        {
            throw new StartException(ExitCodes.Failure, $"{directory} cannot be used: {e.Message}", e);
        }
    }
}
