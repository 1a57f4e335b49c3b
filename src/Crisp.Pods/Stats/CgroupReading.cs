using Crisp.Linux;

namespace Crisp.Pods.Stats;

/// <summary>The counters of a group on this host, from a handful of small files.</summary>
internal static class CgroupReading
{
    internal static CgroupCounters Of(string group) =>
        Cgroups.Layout.IsUnified ? CgroupV2Counters.Read(Reader(group)) : CgroupV1Counters.Read(Reader(group));

    internal static CgroupFileReader Reader(string group)
    {
        var layout = Cgroups.Layout;
        if (layout.IsUnified)
            group = WithLimits(group, layout.DirectoriesOf(group).First());
        return (controller, file) =>
            DirectoryOf(layout, controller, group) is { } directory ? CgroupFiles.Read(directory, file) : null;
    }

    /// <summary>
    /// With systemd and v2 crun makes a group "container" in the scope, which is systemd's, and writes the limits
    /// there; the scope's own say nothing. cri-o looks there, too.
    /// </summary>
    internal static string WithLimits(string group, string directory)
    {
        const string Inner = "/container";
        return group.EndsWith(".scope", StringComparison.Ordinal) && Directory.Exists(directory + Inner)
            ? group + Inner
            : group;
    }

    /// <summary>Processes in the group and beneath it; threads are not counted.</summary>
    internal static ulong Processes(string group) =>
        DirectoryOf(Cgroups.Layout, "pids", group) is { } directory ? (ulong)CountIn(directory) : 0;

    /// <summary>On v2 there is one directory, whichever controllers are switched on in it.</summary>
    private static string? DirectoryOf(CgroupLayout layout, string controller, string group) =>
        layout.IsUnified ? layout.DirectoriesOf(group).First() : layout.DirectoryOf(controller, group);

    private static int CountIn(string directory)
    {
        var count = CgroupFiles.ReadProcesses(directory).Count;
        try
        {
            foreach (var inner in Directory.EnumerateDirectories(directory))
                count += CountIn(inner);
        }
        catch (DirectoryNotFoundException)
        {
            // The group has gone meanwhile, and its processes with it.
        }

        return count;
    }
}
