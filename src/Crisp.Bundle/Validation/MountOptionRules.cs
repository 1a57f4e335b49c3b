using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Mount.mount_options: flags that narrow or time what a mount does. What has a field of its own (readonly,
/// propagation, ID mappings) is said there, and what the runtime would hand to a file system as data is nobody's
/// business here.
/// </summary>
internal static class MountOptionRules
{
    private static readonly string[] Allowed =
        ["noexec", "nosuid",
            "nodev", "noatime", "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime", "nosymfollow"];

    public static void Validate(IReadOnlyList<string> options)
    {
        TextRules.Count("config.mounts.mount_options", options.Count, Allowed.Length);
        foreach (var option in options)
        {
            if (!Allowed.Contains(option))
            {
                throw CrispException.InvalidArgument(
                    "config.mounts.mount_options", $"\"{option}\" is not one of {string.Join(", ", Allowed)}");
            }
        }
    }
}
