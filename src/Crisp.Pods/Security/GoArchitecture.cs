using System.Runtime.InteropServices;

namespace Crisp.Pods.Security;

/// <summary>This machine's architecture as Go calls it, which is how seccomp profiles name it.</summary>
internal static class GoArchitecture
{
    internal static string OfThisHost { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        Architecture.LoongArch64 => "loong64",
        Architecture other => other.ToString().ToLowerInvariant(), // arm64, arm, s390x, ppc64le, riscv64
    };
}
