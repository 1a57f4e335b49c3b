using System.Text;
using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// A container's root file system before anything runs in it. Its content is the image author's: every access is
/// beneath the root by descriptor, and every read is bounded.
/// </summary>
internal sealed class ContainerRoot : IDisposable
{
    /// <summary>Bytes of passwd and group that are looked at; larger than any real one (CVE-2025-4437).</summary>
    private const int MaxAccountBytes = 4 << 20;

    private const int DirectoryMode = 0b111_101_101;

    private static readonly string[] LinksRefused = ["dev", "proc", "sys"];

    private readonly RootedDirectory _root;

    private ContainerRoot(RootedDirectory root) => _root = root;

    internal static ContainerRoot Open(string path) => new(RootedDirectory.Open(path));

    internal ResolvedUser ResolveUser(LinuxContainerSecurityContext? security, string? imageUser) =>
        UserResolution.Resolve(security, imageUser, ReadAccounts("etc/passwd"), ReadAccounts("etc/group"));

    /// <summary>Makes what programs expect: the working directory, and /etc/mtab where there is none.</summary>
    internal void Prepare(string workingDirectory, UserMappings? users = null)
    {
        MakeDirectory(workingDirectory, users is null ? null : (users.HostUid(0), users.HostGid(0)));
        MakeMtab();
    }

    /// <summary>The volumes that the image declares (cri-o's "mkdir"); what is made belongs to the owner.</summary>
    internal void MakeDirectories(IEnumerable<string> directories, (uint Uid, uint Gid) owner)
    {
        foreach (var directory in directories)
            MakeDirectory(directory, owner);
    }

    /// <summary>
    /// Runtimes have made device nodes outside of the root through a link in the place of /dev (CVE-2026-41579,
    /// CVE-2026-47766), and written what they meant for /proc into an image's own directory.
    /// </summary>
    internal void RefuseLinkedMountPoints()
    {
        foreach (var name in LinksRefused)
        {
            if (_root.Status(name, follow: false) is { IsSymlink: true })
                throw new CrispException(
                    ErrorKind.FailedPrecondition, $"the image's /{name} is a symbolic link, which is refused");
        }
    }

    public void Dispose() => _root.Dispose();

    private void MakeDirectory(string path, (uint Uid, uint Gid)? owner)
    {
        try
        {
            _root.CreateDirectories(path, DirectoryMode, owner);
        }
        catch (SyscallException error) when (error.Errno == Errno.ENOTDIR)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"{path}, or what it lies in, is not a directory in the image", error);
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"directory {path} cannot be made in the container's root: {error.Errno.Describe()}", error);
        }
    }

    private string? ReadAccounts(string file)
    {
        try
        {
            return _root.ReadFile(file, MaxAccountBytes) is { } content ? Encoding.UTF8.GetString(content) : null;
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"the image's /{file} cannot be used: {error.Errno.Describe()}", error);
        }
    }

    /// <summary>
    /// As every Linux system has it; the image's own, also a link, stays (CVE-2024-5154 followed one).
    /// </summary>
    private void MakeMtab()
    {
        try
        {
            _root.TryCreateSymlink("etc", "mtab", "/proc/mounts");
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"/etc/mtab cannot be made in the container's root: {error.Errno.Describe()}", error);
        }
    }
}
