namespace Crisp.Bundle.Validation;

/// <summary>
/// Bounds of what a request may hold, so that one request cannot make the daemon or the runtime swell.
/// </summary>
internal static class Limits
{
    /// <summary>PATH_MAX of the kernel, bytes, with its terminating zero.</summary>
    public const int PathBytes = 4095;

    /// <summary>MAX_ARG_STRLEN of the kernel, bytes: execve fails with E2BIG beyond it.</summary>
    public const int ArgumentBytes = 131071;

    /// <summary>
    /// Arguments and environment together, bytes: a quarter of the usual 8 MiB stack, the kernel's bound.
    /// </summary>
    public const int ArgumentsAndEnvironmentBytes = 2 * 1024 * 1024;

    /// <summary>Mounts of one container. Every one costs the runtime several calls; kubelet sends tens.</summary>
    public const int Mounts = 4096;

    public const int Devices = 4096;

    /// <summary>Masked or read-only paths; each becomes a mount.</summary>
    public const int ProtectedPaths = 4096;

    /// <summary>NGROUPS_MAX of the kernel.</summary>
    public const int Groups = 65536;

    public const int Sysctls = 1024;

    public const int PortMappings = 4096;

    public const int DnsEntries = 256;

    /// <summary>One DNS name or option, bytes.</summary>
    public const int DnsEntryBytes = 255;

    /// <summary>Names of pods, namespaces and containers: 253 in Kubernetes, and a part of file names here.</summary>
    public const int NameBytes = 253;

    /// <summary>HOST_NAME_MAX of the kernel.</summary>
    public const int HostnameBytes = 64;

    /// <summary>Labels or annotations of one object, bytes: a whole message; Kubernetes allows 256 KiB.</summary>
    public const int MetadataBytes = 16 * 1024 * 1024;

    /// <summary>One user or group name, bytes.</summary>
    public const int UserNameBytes = 256;

    /// <summary>A sysctl value, cgroup value, cpuset list or other short setting, bytes.</summary>
    public const int SettingBytes = 4096;

    /// <summary>Largest user or group ID; numbers above 2^31-1 have become 0 elsewhere (CVE-2024-40635).</summary>
    public const long Id = int.MaxValue;
}
