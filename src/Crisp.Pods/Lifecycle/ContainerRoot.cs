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

    private readonly RootedDirectory _root;

    private ContainerRoot(RootedDirectory root) => _root = root;

    internal static ContainerRoot Open(string path) => new(RootedDirectory.Open(path));

    internal ResolvedUser ResolveUser(LinuxContainerSecurityContext? security, string? imageUser) =>
        UserResolution.Resolve(security, imageUser, ReadAccounts("etc/passwd"), ReadAccounts("etc/group"));

    /// <summary>Makes the directories that programs expect: the working directory, and the image's volumes (cri-o's "mkdir").</summary>
    internal void Prepare(string workingDirectory, IEnumerable<string> volumes)
    {
        RefuseLinkedDev();
        foreach (string directory in volumes.Prepend(workingDirectory))
            MakeDirectory(directory);
    }

    public void Dispose() => _root.Dispose();

    private void MakeDirectory(string path)
    {
        try
        {
            _root.CreateDirectories(path);
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"directory {path} cannot be made in the container's root: {error.Errno.Describe()}", error);
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

    /// <summary>Runtimes have made device nodes outside of the root through such a link (CVE-2026-41579, CVE-2026-47766).</summary>
    private void RefuseLinkedDev()
    {
        if (_root.Status("dev", follow: false) is { IsSymlink: true })
            throw new CrispException(ErrorKind.FailedPrecondition, "the image's /dev is a symbolic link, which is refused");
    }

}
