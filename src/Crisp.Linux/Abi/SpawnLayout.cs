namespace Crisp.Linux.Abi;

/// <summary>Sizes and flags of glibc's posix_spawn objects, and of the signal sets they take.</summary>
internal static class SpawnLayout
{
    internal const int AttributesSize = 336;
    internal const int FileActionsSize = 80;
    internal const int SignalSetSize = 128;

    internal const short SetSignalDefaults = 0x04;
    internal const short SetSignalMask = 0x08;
    internal const short SetSession = 0x80;
}
