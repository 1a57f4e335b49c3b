using Crisp.Linux;

namespace Crisp.Pods.Stats;

/// <summary>What a group cannot do without: its memory but for file pages that the kernel can drop.</summary>
internal static class MemoryInUse
{
    /// <summary>Bytes; null where the group or the controller is not there.</summary>
    internal static ulong? Of(string group)
    {
        var layout = Cgroups.Layout;
        string? Read(string controller, string file) =>
            layout.DirectoryOf(controller, group) is { } directory ? CgroupFiles.Read(directory, file) : null;
        var counters = layout.IsUnified ? CgroupV2Counters.Read(Read) : CgroupV1Counters.Read(Read);
        return counters.Memory?.WorkingSetBytes;
    }
}
