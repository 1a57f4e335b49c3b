namespace Crisp.OciRuntime;

/// <summary>What releases without the verb `features` were tried and found to do.</summary>
internal static class KnownRuntimes
{
    /// <summary>
    /// crun 1.8.1 of Debian 12 mounts with rro, maps the owners of a mount that has the option idmap beside its
    /// mappings (without that word it ignores them), and has no `features`.
    /// </summary>
    private static readonly Version s_triedCrun = new(1, 8, 1);

    public static bool HasRecursiveReadOnly(string versionOutput, string version) =>
        IsTriedCrun(versionOutput, version);

    public static bool HasIdMappedMounts(string versionOutput, string version) => IsTriedCrun(versionOutput, version);

    /// <summary>
    /// Where an administrator tells criu what to do when these two call it; null for others, which may not know the
    /// annotation that names another file in its place.
    /// </summary>
    public static string? CriuFile(string versionOutput) => IsCrun(versionOutput)
        ? "/etc/criu/crun.conf"
        : IsRunc(versionOutput) ? "/etc/criu/runc.conf" : null;

    public static bool IsRunc(string versionOutput) => versionOutput.StartsWith("runc ", StringComparison.Ordinal);

    public static bool IsCrun(string versionOutput) => versionOutput.StartsWith("crun ", StringComparison.Ordinal);

    /// <summary>
    /// These two copy themselves before they work, unless they are a sealed copy already; others may look for what lies
    /// beside them.
    /// </summary>
    public static bool RunsAsCopy(string versionOutput) =>
        IsCrun(versionOutput) || IsRunc(versionOutput);

    private static bool IsTriedCrun(string versionOutput, string version) =>
        IsCrun(versionOutput) && Version.TryParse(version, out Version? release) && release >= s_triedCrun;
}
