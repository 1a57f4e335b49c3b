using System.Text.RegularExpressions;
using Crisp.Bundle.SELinux;
using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Refusals of SELinux options. On a host without SELinux they mean nothing and are ignored, as kubelet expects.
/// </summary>
internal static partial class SELinuxRules
{
    public static void Validate(Cri.SELinuxOption? options)
    {
        if (options is null)
            return;
        Word("selinux_options.user", options.User);
        Word("selinux_options.role", options.Role);
        Word("selinux_options.type", options.Type);
        if (options.Level.Length > 0 && !SELinuxLevel.IsLevel(options.Level))
            throw CrispException.InvalidArgument(
                "selinux_options.level", $"\"{options.Level}\" is not a level such as s0:c123,c456");
    }

    /// <summary>A part of a label: a colon in it would be another part.</summary>
    private static void Word(string field, string value)
    {
        if (value.Length > 0 && !Identifier().IsMatch(value))
            throw CrispException.InvalidArgument(field, $"\"{value}\" is not an SELinux identifier");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
