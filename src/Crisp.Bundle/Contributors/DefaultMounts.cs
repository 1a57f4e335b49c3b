namespace Crisp.Bundle.Contributors;

/// <summary>
/// What every container finds mounted. With the node's network a fresh sysfs shows the node's devices too; binding the
/// node's /sys would carry its writable submounts along.
/// </summary>
internal static class DefaultMounts
{
    private const string HostShm = "/dev/shm";

    public static IEnumerable<Oci.Mount> Build(BundleInput input)
    {
        var access = input.IsPrivileged ? "rw" : "ro";
        yield return Mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        yield return Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        yield return Mount(
            "/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5");
        yield return Bind("/dev/shm", input.PodPaths.IpcNs is null
            ? HostShm
            : input.PodPaths.ShmDirectory, "rw", "nosuid", "noexec", "nodev");
        yield return Mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        yield return input.PodPaths is { UserNs: not null, NetNs: null }
            ? NodeSys(input)
            : Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", access);
        yield return Mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", access);
        foreach (var file in Files(input))
            yield return file;
    }

    /// <summary>
    /// The root of a user namespace cannot mount the sysfs of a network that is not its own, nor show the node's
    /// without what is mounted in it. There it is nobody, and writes nothing that others could not.
    /// </summary>
    private static Oci.Mount NodeSys(BundleInput input) => Mount(
        "/sys", "bind", "/sys", "rbind", "rprivate", "nosuid", "noexec", "nodev",
        input.Runtime.RecursiveReadOnlyMounts ? "rro" : "ro");

    private static IEnumerable<Oci.Mount> Files(BundleInput input)
    {
        // A read-only root means that nothing of it can be changed, these files included.
        var access = input.HasReadOnlyRoot ? "ro" : "rw";
        var paths = input.PodPaths;
        yield return Bind("/etc/resolv.conf", paths.ResolvConf, access, "nosuid", "noexec", "nodev");
        yield return Bind("/etc/hostname", paths.Hostname, access, "nosuid", "noexec", "nodev");
        if (paths.Hosts is not null)
            yield return Bind("/etc/hosts", paths.Hosts, access, "nosuid", "noexec", "nodev");
        if (paths.ContainerEnv is not null)
            yield return Bind("/run/.containerenv", paths.ContainerEnv, "ro", "nosuid", "noexec", "nodev");
    }

    private static Oci.Mount Mount(string destination, string type, string source, params string[] options) =>
        new() { Destination = destination, Type = type, Source = source, Options = options };

    private static Oci.Mount Bind(string destination, string source, params string[] options) =>
        Mount(destination, "bind", source, ["bind", .. options]);
}
