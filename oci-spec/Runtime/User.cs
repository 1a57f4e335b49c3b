namespace Crisp.OciSpec.Runtime;

/// <summary>Numbers only; names are resolved before (config.md#posix-platform-user).</summary>
public sealed record User
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public uint? Umask { get; init; }

    public IReadOnlyList<uint>? AdditionalGids { get; init; }
}
