using System.Collections.Frozen;

namespace Crisp.Bundle.Seccomp;

/// <summary>The words of the OCI runtime spec (config-linux.md#seccomp) that a profile may use.</summary>
internal static class SeccompWords
{
    /// <summary>
    /// Hands the call to a listening program. crisp has none, so that the call would hang or fail at random.
    /// </summary>
    public const string Notify = "SCMP_ACT_NOTIFY";

    public static readonly FrozenSet<string> Actions = FrozenSet.Create(
        "SCMP_ACT_KILL",
        "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP", "SCMP_ACT_ERRNO", "SCMP_ACT_TRACE",
        "SCMP_ACT_ALLOW", "SCMP_ACT_LOG");

    public static readonly FrozenSet<string> Operators = FrozenSet.Create(
        "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ");

    public static readonly FrozenSet<string> Flags = FrozenSet.Create(
        "SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
        "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV");

    public static readonly FrozenSet<string> Architectures = FrozenSet.Create(
        "SCMP_ARCH_NATIVE", "SCMP_ARCH_X86", "SCMP_ARCH_X86_64", "SCMP_ARCH_X32", "SCMP_ARCH_ARM", "SCMP_ARCH_AARCH64",
        "SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64", "SCMP_ARCH_MIPS64N32", "SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64",
        "SCMP_ARCH_MIPSEL64N32",
        "SCMP_ARCH_PPC", "SCMP_ARCH_PPC64", "SCMP_ARCH_PPC64LE", "SCMP_ARCH_S390", "SCMP_ARCH_S390X",
        "SCMP_ARCH_PARISC", "SCMP_ARCH_PARISC64", "SCMP_ARCH_RISCV64", "SCMP_ARCH_LOONGARCH64", "SCMP_ARCH_M68K",
        "SCMP_ARCH_SH", "SCMP_ARCH_SHEB");

    /// <summary>What Go calls the architectures that crisp can be built for, in libseccomp's words.</summary>
    public static readonly FrozenDictionary<string, string> OfHost = new Dictionary<string, string>
    {
        ["amd64"] = "SCMP_ARCH_X86_64",
        ["386"] = "SCMP_ARCH_X86",
        ["arm64"] = "SCMP_ARCH_AARCH64",
        ["arm"] = "SCMP_ARCH_ARM",
        ["ppc64le"] = "SCMP_ARCH_PPC64LE",
        ["s390x"] = "SCMP_ARCH_S390X",
        ["riscv64"] = "SCMP_ARCH_RISCV64",
        ["loong64"] = "SCMP_ARCH_LOONGARCH64",
    }.ToFrozenDictionary();
}
