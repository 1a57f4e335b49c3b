#pragma warning disable CA1822 // the surface first, its insides follow
using Crisp.Errors;

namespace Crisp.Images;

/// <summary>Root file systems of containers: overlay mounts of an image's layers under a writable directory.</summary>
public sealed class Snapshots
{
    private readonly string _root;

    internal Snapshots(string root)
    {
        _root = root;
    }

    /// <summary>Makes {diff,work,merged} under the container's directory and mounts. Returns the path of merged.</summary>
    public Task<string> MountAsync(string containerDirectory, StoredImage image, CancellationToken cancellationToken) =>
        throw new CrispException(ErrorKind.Unimplemented, $"{_root}: snapshots are not there yet");

    /// <summary>Not mounted is success.</summary>
    public Task UnmountAsync(string containerDirectory) => Task.CompletedTask;

    /// <summary>Unmounts, then deletes {diff,work,merged}. Not there is success.</summary>
    public Task RemoveAsync(string containerDirectory) => Task.CompletedTask;
}
