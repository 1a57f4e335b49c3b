namespace Crisp.Linux.Abi;

/// <summary>Flags of unshare(2) that are no namespace.</summary>
internal static class NamespaceConstants
{
    internal const int CLONE_FS = 0x00000200;
}
