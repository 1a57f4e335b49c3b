using System.Text.RegularExpressions;

namespace Crisp.OciRuntime;

/// <summary>
/// Ways out of a container, or around its confinement, that released OCI runtimes have had, as far as what crisp does
/// itself does not close them: the descriptors it hands on, the images it refuses. By upstream's numbers; distributions
/// put fixes into older releases without changing those.
/// </summary>
internal static partial class KnownEscapes
{
    /// <summary>
    /// Crisp refuses volumes over /dev because of it, as far as nobody changes the way there while the runtime goes it.
    /// </summary>
    private const string LinksInDev = "CVE-2026-88264, CVE-2026-88265";

    /// <summary>The first of them is refused in the same way.</summary>
    private const string LinksAsMasks = "CVE-2025-31133, CVE-2025-52565, CVE-2025-52881";

    private static readonly (string Program, string Name, Version[] FixedIn)[] s_known =
    [
        ("runc", "CVE-2024-21626", [new(1, 1, 12)]),
        ("runc", "CVE-2024-45310", [new(1, 1, 14), new(1, 2, 0)]),
        ("runc", LinksAsMasks, [new(1, 2, 8), new(1, 3, 3), new(1, 4, 0)]),
        ("runc", "CVE-2026-119101 (checkpoints)", [new(1, 3, 7), new(1, 4, 4), new(1, 5, 3), new(1, 6, 0)]),
        ("crun", LinksInDev, [new(1, 30, 0)]),
        ("crun", "CVE-2026-115520 (checkpoints), CVE-2026-115521", [new(1, 31, 0)]),
    ];

    /// <summary>Those that a release is too old to have fixed, each with the first releases that have.</summary>
    /// <param name="versionOutput">What `--version` prints, which begins with the program's name.</param>
    /// <param name="version">The release, "1.1.5+ds1" for instance.</param>
    public static IReadOnlyList<string> Of(string versionOutput, string version)
    {
        if (Release().Match(version) is not { Success: true } match)
            return [];
        Version release = new(Number(match, 1), Number(match, 2), Number(match, 3));
        bool isPreview = match.Groups["preview"].Success;
        return
        [
            .. s_known.Where(escape => versionOutput.StartsWith(escape.Program + " ", StringComparison.Ordinal))
                .Where(escape => !escape.FixedIn.Any(first => Has(release, isPreview, first, escape.FixedIn)))
                .Select(escape =>
                    $"{escape.Name} (fixed in {string.Join(", ", escape.FixedIn.Select(first => first.ToString(3)))})"),
        ];
    }

    public static bool FollowsLinksInDev(string versionOutput, string version) =>
        Of(versionOutput, version).Any(escape =>
            escape.StartsWith(LinksInDev, StringComparison.Ordinal)
            || escape.StartsWith(LinksAsMasks, StringComparison.Ordinal));

    /// <summary>
    /// The first release of its own series counts for a series, and the last of all for those that came after it.
    /// </summary>
    private static bool Has(Version release, bool isPreview, Version first, Version[] all)
    {
        bool isOfItsSeries = (release.Major, release.Minor) == (first.Major, first.Minor);
        if (!isOfItsSeries && (first != all[^1] || release < first))
            return false;
        return isPreview ? release > first : release >= first;
    }

    private static int Number(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan) : 0;

    [GeneratedRegex(
        @"^(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(?<preview>[-~](?:rc|alpha|beta))?", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}
