namespace Crisp.Linux;

/// <summary>The special files an archive can hold.</summary>
public enum NodeKind
{
    Fifo,
    CharacterDevice,
    BlockDevice,
}
