namespace Crisp.Bundle.Seccomp;

/// <summary>What a profile's conditions ask of a host.</summary>
/// <param name="Architecture">As Go calls it: amd64, arm64, s390x, …</param>
/// <param name="Kernel">The kernel that runs.</param>
public sealed record SeccompHost(string Architecture, KernelVersion Kernel);
