using System.Collections.Frozen;
using Crisp.Errors;

namespace Crisp.Bundle.Seccomp;

/// <summary>
/// Refusals of profiles that contradict themselves or ask for what cannot be done. A runtime would refuse them too,
/// later and with less to go by; or, worse, ignore what it does not know.
/// </summary>
internal static class ProfileRules
{
    private const int MostErrno = 4095; // the kernel's MAX_ERRNO
    private const uint MostArguments = 6; // of a system call

    public static void Check(string profile, ProfileDocument document)
    {
        var name = $"seccomp profile {profile}";
        Action(name, "defaultAction", document.DefaultAction);
        Errno(name, "defaultErrno", document.DefaultErrno, document.DefaultErrnoRet);
        if (document.Architectures is { Count: > 0 } && document.ArchMap is { Count: > 0 })
            throw CrispException.InvalidArgument(
                name, "has both \"architectures\" and \"archMap\"; one of them is possible");
        Known(name, "architectures", document.Architectures, SeccompWords.Architectures);
        foreach (var entry in document.ArchMap ?? [])
            Known(name,
                "archMap", [entry?.Architecture ?? "", .. entry?.SubArchitectures ?? []], SeccompWords.Architectures);
        Known(name, "flags", document.Flags, SeccompWords.Flags);
        if (!string.IsNullOrEmpty(document.ListenerPath))
            throw Notification(name, "listenerPath");
        for (var i = 0; i < (document.Syscalls?.Count ?? 0); i++)
            Rule(name, $"syscalls[{i}]", document.Syscalls![i]);
    }

    public static IReadOnlyList<string> NamesOf(ProfileRule rule) =>
        string.IsNullOrEmpty(rule.Name) ? rule.Names ?? [] : [rule.Name];

    private static void Rule(string profile, string place, ProfileRule? rule)
    {
        if (rule is null)
            throw CrispException.InvalidArgument(profile, $"{place} is null");
        if (!string.IsNullOrEmpty(rule.Name) && rule.Names is { Count: > 0 })
            throw CrispException.InvalidArgument(
                profile, $"{place} has both \"name\" and \"names\"; one of them is possible");
        if (NamesOf(rule) is not { Count: > 0 } names || names.Any(string.IsNullOrEmpty))
            throw CrispException.InvalidArgument(profile, $"{place} names no system call");
        Action(profile, $"{place}.action", rule.Action);
        Errno(profile, $"{place}.errno", rule.Errno, rule.ErrnoRet);
        foreach (var argument in rule.Args ?? [])
            Argument(profile, place, argument);
        Condition(profile, $"{place}.includes", rule.Includes);
        Condition(profile, $"{place}.excludes", rule.Excludes);
    }

    private static void Action(string profile, string place, string? action)
    {
        if (action == SeccompWords.Notify)
            throw Notification(profile, place);
        if (action is null || !SeccompWords.Actions.Contains(action))
            throw CrispException.InvalidArgument(profile,
                $"{place}: \"{action}\" is not an action; there are {string.Join(", ", SeccompWords.Actions.Order())}");
    }

    private static CrispException Notification(string profile, string place) => CrispException.InvalidArgument(profile,
        $"{place}: notification ({SeccompWords.Notify}) is not possible: crisp runs no program that would answer it; use SCMP_ACT_ERRNO or SCMP_ACT_LOG");

    private static void Errno(string profile, string place, string? name, uint? number)
    {
        var known = string.IsNullOrEmpty(name) ? number is null or <= MostErrno : ErrnoNames.Parse(name) <= MostErrno;
        if (!known)
            throw CrispException.InvalidArgument(
                profile, $"{place}: \"{name ?? number.ToString()}\" is not an error number");
    }

    private static void Argument(string profile, string place, ProfileArgument? argument)
    {
        if (argument?.Op is not { } op || !SeccompWords.Operators.Contains(op))
            throw CrispException.InvalidArgument(profile, $"{place}.args: \"{argument?.Op}\" is not a comparison");
        if (argument.Index >= MostArguments)
            throw CrispException.InvalidArgument(
                profile, $"{place}.args: there is no argument {argument.Index}; the last one is 5");
    }

    private static void Condition(string profile, string place, ProfileCondition? condition)
    {
        if (!string.IsNullOrEmpty(condition?.MinKernel) && KernelVersion.Parse(condition.MinKernel) is null)
            throw CrispException.InvalidArgument(
                profile, $"{place}.minKernel: \"{condition.MinKernel}\" is not a version such as 4.8");
    }

    private static void Known(string profile, string place, IReadOnlyList<string>? words, FrozenSet<string> known)
    {
        foreach (var word in words ?? [])
        {
            if (!known.Contains(word))
                throw CrispException.InvalidArgument(profile, $"{place}: \"{word}\" is not known");
        }
    }
}
