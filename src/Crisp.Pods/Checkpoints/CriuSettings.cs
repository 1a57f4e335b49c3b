using Crisp.Errors;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// What criu is told for one restore, in the syntax of its configuration file: an option without its dashes in each
/// line. Runtimes hand it the file that the annotation names, instead of the administrator's.
/// </summary>
internal static class CriuSettings
{
    /// <summary>Users cannot set it: the bundle's builder takes no annotation that steers a runtime.</summary>
    internal const string Annotation = "org.criu.config";

    /// <summary>
    /// Connections that were open come back closed: the processes they were of run on with them, or another pod has
    /// their address, and criu would refuse to restore anything.
    /// </summary>
    private const string CloseConnections = "tcp-close";

    private const string CgroupRoot = "cgroup-root";

    /// <param name="administrators">What the administrator's file says; it comes first.</param>
    /// <param name="cgroup">The new container's group on cgroup v2; null: the runtime sees to that.</param>
    internal static string Compose(string administrators, string? cgroup)
    {
        List<string> lines = administrators.Length > 0 ? [administrators.TrimEnd('\n')] : [];
        lines.Add(CloseConnections);
        if (cgroup is not null)
            lines.Add($"{CgroupRoot} {RequirePlain(cgroup)}");
        return string.Join('\n', lines) + "\n";
    }

    private static string RequirePlain(string cgroup) =>
        cgroup.All(letter => letter is > ' ' and < (char)0x7f and not ('"' or '\'' or '\\' or '#'))
            ? cgroup
            : throw CrispException.InvalidArgument(
                "linux.cgroup_parent", $"criu cannot be told of the cgroup \"{cgroup}\", so nothing is restored into it");
}
