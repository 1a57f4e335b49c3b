using System.Text;
using Crisp.Linux;
using Crisp.Pods.Records;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The files that a pod's containers see in place of their images' own, and the directory of their logs. A container
/// can write to the files, which nobody counts as its own (CVE-2020-8557): so they have a small file system to
/// themselves, and what fills it fills nothing of the node's.
/// </summary>
internal static class PodFiles
{
    private const string NodeResolvConf = "/etc/resolv.conf";
    private const string NodeHosts = "/etc/hosts";
    private const int Readable = 0b110_100_100;

    /// <summary>What containers can add, in all three; a page at least for each file.</summary>
    private const int SparePages = 16;

    /// <summary>No more files can be made there: each is mounted in containers by itself.</summary>
    private const int MostFiles = 32;

    private const MountFlags Flags = MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec;

    private const UnixFileMode LogDirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    internal static void Write(Pod pod, string directory, FileLabel? label)
    {
        string resolvConf = ResolvConf(pod.Config.DnsConfig);
        Directory.CreateDirectory(directory);
        long contentBytes = Encoding.UTF8.GetByteCount(resolvConf) + NodeHostsBytes(pod);
        Mounts.Mount("tmpfs", "pod-files", directory, Flags, Limits(contentBytes));
        WriteFile(pod, directory, FileNames.ResolvConf, resolvConf, label);
        WriteFile(pod, directory, FileNames.Hostname, HostnameOf(pod.Config) + "\n", label);
        if (pod.Config.LogDirectory.Length > 0)
            Directory.CreateDirectory(pod.Config.LogDirectory, LogDirectoryMode);
    }

    /// <summary>For pods that kubelet gives no hosts file; it needs the addresses.</summary>
    internal static void WriteHosts(Pod pod, string directory, IReadOnlyList<string> ips, FileLabel? label) =>
        WriteFile(
            pod, directory, FileNames.Hosts, pod.HasOwnNetwork ? Hosts(pod.Config, ips) : ReadNode(NodeHosts), label);

    /// <summary>The pod's resolver configuration; the node's, when the request has none.</summary>
    internal static string ResolvConf(DNSConfig? dns)
    {
        if (dns is null || dns.Servers.Count + dns.Searches.Count + dns.Options.Count == 0)
            return ReadNode(NodeResolvConf);
        StringBuilder text = new();
        if (dns.Searches.Count > 0)
            text.Append("search ").AppendJoin(' ', dns.Searches).Append('\n');
        foreach (string server in dns.Servers)
            text.Append("nameserver ").Append(server).Append('\n');
        if (dns.Options.Count > 0)
            text.Append("options ").AppendJoin(' ', dns.Options).Append('\n');
        return text.ToString();
    }

    internal static string Hosts(PodSandboxConfig config, IReadOnlyList<string> ips)
    {
        StringBuilder text = new("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        foreach (string ip in config.Hostname.Length > 0 ? ips : [])
            text.Append(ip).Append('\t').Append(config.Hostname).Append('\n');
        return text.ToString();
    }

    /// <summary>Of the node's own hosts file, of which a pod on its network gets a copy.</summary>
    private static long NodeHostsBytes(Pod pod) =>
        !pod.HasOwnNetwork && new FileInfo(NodeHosts) is { Exists: true } hosts ? hosts.Length : 0;

    /// <summary>Whatever is there at first fits; its last pages count whole.</summary>
    private static string Limits(long contentBytes) =>
        $"mode=755,size={contentBytes + (long)SparePages * Environment.SystemPageSize},nr_inodes={MostFiles}";

    private static string HostnameOf(PodSandboxConfig config) =>
        config.Hostname.Length > 0 ? config.Hostname : NodeName.Read();

    private static string ReadNode(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    /// <summary>It belongs to root as the pod's containers know it, and has their label.</summary>
    private static void WriteFile(Pod pod, string directory, string name, string content, FileLabel? label)
    {
        string path = Path.Combine(directory, name);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(content), Readable);
        if (pod.Users is { } users)
            FileOwner.Set(path, users.HostUid(0), users.HostGid(0));
        label?.SetOn(path);
    }
}
