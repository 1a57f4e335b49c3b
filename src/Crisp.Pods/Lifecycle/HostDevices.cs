using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>Device nodes of the host.</summary>
internal static class HostDevices
{
    private const string Dev = "/dev";
    private const int PermissionBits = 0b111_111_111;

    /// <summary>Parts of /dev that are file systems of their own, or that every container has its own of.</summary>
    private static readonly string[] NotHostwide = ["pts",
        "shm", "mqueue", "fd", "console", "ptmx", "hugepages", "termination-log"];

    /// <summary>The request's devices; a directory stands for all in it.</summary>
    internal static IReadOnlyList<ResolvedDevice> Resolve(IReadOnlyList<Device> devices) =>
        [.. devices.SelectMany(Resolve)];

    /// <summary>The same, as the user's whom the container runs as, where the request says whom.</summary>
    internal static IReadOnlyList<ResolvedDevice> Owned(
        IReadOnlyList<ResolvedDevice> devices, LinuxContainerSecurityContext? security) =>
        [.. devices.Select(device => device with
        {
            Uid = (uint)(security?.RunAsUser?.Value ?? 0),
            Gid = (uint)(security?.RunAsGroup?.Value ?? 0),
        })];

    /// <summary>Every device of the host, for privileged containers.</summary>
    internal static IReadOnlyList<ResolvedDevice> All() =>
        [.. Directory.EnumerateFileSystemEntries(Dev)
            .Where(path => !NotHostwide.Contains(Path.GetFileName(path)))
            .SelectMany(path => Beneath(path, path, "rwm"))];

    private static List<ResolvedDevice> Resolve(Device device)
    {
        if (FileStatus.Of(device.HostPath, follow: true) is null)
            throw CrispException.InvalidArgument("config.devices", $"{device.HostPath} does not exist on this node");
        var path = Path.GetFullPath(
            File.ResolveLinkTarget(device.HostPath, returnFinalTarget: true)?.FullName ?? device.HostPath);
        var permissions = device.Permissions.Length > 0 ? device.Permissions : "rwm";
        List<ResolvedDevice> found = [.. Beneath(path, device.ContainerPath, permissions)];
        return found.Count > 0
            ? found
            : throw CrispException.InvalidArgument(
                "config.devices", $"{device.HostPath} is neither a device nor a directory of devices");
    }

    private static IEnumerable<ResolvedDevice> Beneath(string path, string containerPath, string permissions) =>
        FileStatus.Of(path) switch
        {
            { IsDirectory: true } => Directory.EnumerateFileSystemEntries(path)
                .SelectMany(entry => Beneath(entry, $"{containerPath}/{Path.GetFileName(entry)}", permissions)),
            ({ IsBlockDevice: true } or { IsCharacterDevice: true }) and var node =>
                [Node(node, containerPath, permissions)],
            _ => [],
        };

    private static ResolvedDevice Node(FileStatus status, string containerPath, string permissions) => new()
    {
        ContainerPath = containerPath,
        IsBlock = status.IsBlockDevice,
        Major = status.Special.Major,
        Minor = status.Special.Minor,
        FileMode = (uint)(status.Mode & PermissionBits),
        Uid = status.Uid,
        Gid = status.Gid,
        Permissions = permissions,
    };
}
