namespace Crisp.Bundle.Seccomp;

/// <summary>
/// A seccomp profile file as containers-common and Docker write it (man 5 containers-seccomp.json). The seccomp section
/// of the OCI runtime spec is a subset of it, so that such a file is read too.
/// </summary>
internal sealed record ProfileDocument
{
    public string? DefaultAction { get; init; }

    public uint? DefaultErrnoRet { get; init; }

    /// <summary>A name such as "EPERM", or a number; wins over <see cref="DefaultErrnoRet"/>.</summary>
    public string? DefaultErrno { get; init; }

    /// <summary>The architectures that are filtered, whatever the host's is.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>The architectures that are filtered for each architecture of a host.</summary>
    public IReadOnlyList<ProfileArchitecture?>? ArchMap { get; init; }

    public IReadOnlyList<string>? Flags { get; init; }

    public string? ListenerPath { get; init; }

    public string? ListenerMetadata { get; init; }

    public IReadOnlyList<ProfileRule?>? Syscalls { get; init; }
}
