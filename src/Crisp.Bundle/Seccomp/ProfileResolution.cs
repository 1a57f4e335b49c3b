namespace Crisp.Bundle.Seccomp;

/// <summary>From a profile, a host and a set of capabilities to the filter that the OCI runtime installs.</summary>
internal static class ProfileResolution
{
    public static Oci.Seccomp Resolve(
        ProfileDocument document, SeccompHost host, IReadOnlyCollection<string> capabilities) => new()
    {
        DefaultAction = document.DefaultAction!, // ProfileRules has seen to it
        DefaultErrnoRet = ErrnoOf(document.DefaultAction!, document.DefaultErrno, document.DefaultErrnoRet),
        Architectures = Architectures(document, host),
        Flags = document.Flags is { Count: > 0 } flags ? flags : null,
        Syscalls = (document.Syscalls ?? [])
            .OfType<ProfileRule>().Where(rule => Applies(rule, host, capabilities)).Select(Rule).ToArray(),
    };

    /// <summary>Null leaves it to the runtime: the native one alone.</summary>
    private static IReadOnlyList<string>? Architectures(ProfileDocument document, SeccompHost host)
    {
        if (document.Architectures is { Count: > 0 } listed)
            return listed;
        var native = SeccompWords.OfHost.GetValueOrDefault(host.Architecture);
        var entry = document.ArchMap?.FirstOrDefault(candidate => candidate?.Architecture == native);
        return entry is null
            ? null
            : [entry.Architecture!, .. entry.SubArchitectures ?? []]; // an entry with a null name is refused
    }

    private static bool Applies(ProfileRule rule, SeccompHost host, IReadOnlyCollection<string> capabilities)
    {
        var includes = rule.Includes ?? new ProfileCondition();
        var excludes = rule.Excludes ?? new ProfileCondition();
        var included = (includes.Arches is not { Count: > 0 } wanted || wanted.Contains(host.Architecture))
            && (includes.Caps ?? []).All(capabilities.Contains)
            && (Minimum(includes) is not { } least || host.Kernel.IsAtLeast(least));
        var excluded = (excludes.Arches ?? []).Contains(host.Architecture)
            || (excludes.Caps ?? []).Any(capabilities.Contains)
            || (Minimum(excludes) is { } from && host.Kernel.IsAtLeast(from));
        return included && !excluded;
    }

    private static KernelVersion? Minimum(ProfileCondition condition) =>
        string.IsNullOrEmpty(condition.MinKernel) ? null : KernelVersion.Parse(condition.MinKernel);

    private static Oci.SyscallRule Rule(ProfileRule rule) => new()
    {
        Names = ProfileRules.NamesOf(rule),
        Action = rule.Action!, // ProfileRules has seen to it
        ErrnoRet = ErrnoOf(rule.Action!, rule.Errno, rule.ErrnoRet),
        Args = rule.Args is { Count: > 0 } args ? args.Select(Argument).ToArray() : null,
    };

    /// <summary>The number, and only where the action has one: runtimes refuse it elsewhere.</summary>
    private static uint? ErrnoOf(string action, string? name, uint? number)
    {
        if (action is not ("SCMP_ACT_ERRNO" or "SCMP_ACT_TRACE"))
            return null;
        return string.IsNullOrEmpty(name) ? number : ErrnoNames.Parse(name);
    }

    private static Oci.SyscallArgument Argument(ProfileArgument? argument) => new()
    {
        Index = argument!.Index, // a null is refused
        Value = argument.Value,
        ValueTwo = argument.ValueTwo == 0 ? null : argument.ValueTwo,
        Op = argument.Op!, // one of the known operators
    };
}
