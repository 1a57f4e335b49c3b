using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// The file that a checkpoint is written to. It is opened under another name beside it before the container is touched,
/// so that a path that cannot be written is found out early, and gets its name when it is whole. Memory of processes is
/// in it: nobody but root reads it.
/// </summary>
internal sealed class CheckpointTarget : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _temporary;

    private CheckpointTarget(string path, string temporary, FileStream content)
    {
        _path = path;
        _temporary = temporary;
        Content = content;
    }

    internal FileStream Content { get; }

    /// <exception cref="CrispException">InvalidArgument, AlreadyExists, or FailedPrecondition where it cannot be
    /// written.</exception>
    internal static CheckpointTarget Create(string location)
    {
        if (!Path.IsPathFullyQualified(location) || location.EndsWith('/'))
            throw CrispException.InvalidArgument("location", $"\"{location}\" is not the absolute path of a file");
        if (File.Exists(location) || Directory.Exists(location))
            throw new CrispException(
                ErrorKind.AlreadyExists, $"{location} exists already; a checkpoint is not written over anything");
        var temporary = $"{Path.GetDirectoryName(location)}/.{Path.GetFileName(location)}.partial";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = OwnerOnly,
            };
            return new CheckpointTarget(location, temporary, new FileStream(temporary, options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"the checkpoint cannot be written to {location}: {error.Message}", error);
        }
    }

    /// <summary>
    /// Refuses what cannot fit, so that a checkpoint does not fill a disk (CVE-2025-0426). Everything is gathered in a
    /// directory of the container's first, which may be on the same file system.
    /// </summary>
    internal void RequireRoom(ulong bytes, string gathered)
    {
        var isShared = FileStatus.Of(_temporary)?.Device == FileStatus.Of(gathered)?.Device;
        Require(bytes, isShared ? 2u : 1u, _path, _temporary);
        if (!isShared)
            Require(bytes, 1, gathered, gathered);
    }

    private static void Require(ulong bytes, uint copies, string name, string path)
    {
        if (FileSystemStatus.Of(path) is { } disk && disk.AvailableBytes / copies < bytes)
            throw new CrispException(
                ErrorKind.ResourceExhausted,
                $"the checkpoint needs about {(bytes >> 20) * copies} MiB, and {name} is on a file system with {disk.AvailableBytes >> 20} MiB left");
    }

    /// <summary>The content is whole.</summary>
    internal void Commit()
    {
        Content.Flush(flushToDisk: true);
        File.Move(_temporary, _path, overwrite: false);
    }

    /// <summary>Without a commit nothing is left of it.</summary>
    public void Dispose()
    {
        Content.Dispose();
        File.Delete(_temporary);
    }
}
