using System.Globalization;

namespace Crisp.Linux;

/// <summary>Capabilities (capabilities(7)) of this process.</summary>
public static class Capabilities
{
    private static readonly string[] s_names =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    /// <summary>Every capability that crisp knows by name, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Known => s_names;

    /// <summary>The most that any child of this process can have.</summary>
    public static IReadOnlyList<string> BoundingSet() => Set("CapBnd");

    /// <summary>What this process may do now.</summary>
    public static IReadOnlyList<string> EffectiveSet() => Set("CapEff");

    /// <summary>The names of a mask's bits; bits without a name are left out.</summary>
    public static IReadOnlyList<string> NamesOf(ulong mask)
    {
        var names = new List<string>();
        for (var bit = 0; bit < s_names.Length; bit++)
        {
            if ((mask >> bit & 1) != 0)
                names.Add(s_names[bit]);
        }

        return names;
    }

    private static IReadOnlyList<string> Set(string field)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(field + ":", StringComparison.Ordinal))
                return NamesOf(ulong.Parse(line.AsSpan(field.Length + 1).Trim(),
                    NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        throw new InvalidDataException($"/proc/self/status has no {field}");
    }
}
