namespace Crisp.Linux.Abi;

/// <summary>struct linux_dirent64 of getdents64(2): the offsets that crisp reads.</summary>
internal static class DirentLayout
{
    internal const int RecordLength = 16;
    internal const int Type = 18;
    internal const int Name = 19;
}
