namespace Crisp.Bundle.Seccomp;

/// <summary>What happens on some system calls, on hosts and in containers that fit its conditions.</summary>
internal sealed record ProfileRule
{
    /// <summary>The older form, one call.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public string? Action { get; init; }

    public uint? ErrnoRet { get; init; }

    /// <summary>A name such as "EPERM", or a number; wins over <see cref="ErrnoRet"/>.</summary>
    public string? Errno { get; init; }

    public IReadOnlyList<ProfileArgument?>? Args { get; init; }

    public ProfileCondition? Includes { get; init; }

    public ProfileCondition? Excludes { get; init; }
}
