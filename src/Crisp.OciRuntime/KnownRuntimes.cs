namespace Crisp.OciRuntime;

/// <summary>What releases without the verb `features` were tried and found to do.</summary>
internal static class KnownRuntimes
{
    /// <summary>crun 1.8.1 of Debian 12 mounts with rro, and has no `features`.</summary>
    private static readonly Version s_crunWithRecursiveReadOnly = new(1, 8, 1);

    public static bool HasRecursiveReadOnly(string versionOutput, string version) =>
        versionOutput.StartsWith("crun ", StringComparison.Ordinal)
        && Version.TryParse(version, out Version? release) && release >= s_crunWithRecursiveReadOnly;
}
