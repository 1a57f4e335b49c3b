using System.Collections.Frozen;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// The kernel's capabilities (linux/capability.h), as requests spell them: with CAP_ or without, in any case.
/// </summary>
internal static class CapabilityNames
{
    public const string All = "ALL";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
        "CAP_SETUID",
        "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN",
        "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT",
        "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE",
        "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL",
        "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND",
        "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE");

    /// <summary>"CAP_X", or <see cref="All"/>.</summary>
    public static string Parse(string field, string name)
    {
        var upper = name.ToUpperInvariant();
        if (upper is All or "CAP_ALL")
            return All;
        var full = upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper : $"CAP_{upper}";
        return Known.Contains(full)
            ? full
            : throw CrispException.InvalidArgument(field, $"\"{name}\" is not a capability");
    }
}
