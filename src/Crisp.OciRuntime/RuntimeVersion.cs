using System.Text.RegularExpressions;

namespace Crisp.OciRuntime;

/// <summary>
/// Reads `--version`: "runc version 1.1.5+ds1" or "crun version 1.8.1" in the first line, "spec: 1.0.2-dev" in another.
/// </summary>
internal static partial class RuntimeVersion
{
    /// <summary>What every runtime accepts, for one that does not say.</summary>
    private const string OldestOciVersion = "1.0.0";

    public static (string Version, string OciVersion)? Parse(string output)
    {
        var version = Release().Match(output);
        if (!version.Success)
            return null;
        var spec = Spec().Match(output);
        return (version.Groups[1].Value, spec.Success ? spec.Groups[1].Value : OldestOciVersion);
    }

    [GeneratedRegex(@"^\S+ version (\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Release();

    [GeneratedRegex(@"^spec: (\S+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Spec();
}
