namespace Crisp.Bundle.SELinux;

/// <summary>The labels that this host's policy has for containers (contexts/lxc_contexts of the policy).</summary>
/// <param name="ProcessLabel">"system_u:system_r:container_t:s0"</param>
/// <param name="FileLabel">"system_u:object_r:container_file_t:s0"</param>
public sealed record SELinuxHost(string ProcessLabel, string FileLabel);
