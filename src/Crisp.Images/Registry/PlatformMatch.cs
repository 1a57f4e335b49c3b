using Crisp.OciSpec.Image;

namespace Crisp.Images.Registry;

/// <summary>
/// Which of an index's manifests runs best on a platform; variants as Docker and containerd rank them.
/// </summary>
internal static class PlatformMatch
{
    /// <summary>The best match, or null.</summary>
    public static Descriptor? Pick(IReadOnlyList<Descriptor> manifests, Platform wanted)
    {
        Descriptor? best = null;
        var bestRank = int.MaxValue;
        foreach (var descriptor in manifests)
        {
            if (descriptor.Platform is not { } offered || Rank(offered, wanted) is not { } rank || rank >= bestRank)
                continue;
            best = descriptor;
            bestRank = rank;
        }
        // An index of one manifest may leave the platform to the image's configuration.
        return best ?? (manifests is [{ Platform: null } only] ? only : null);
    }

    /// <summary>0 is exact; null does not run there.</summary>
    internal static int? Rank(Platform offered, Platform wanted)
    {
        if (offered.Os != wanted.Os || Architecture(offered.Architecture) != Architecture(wanted.Architecture))
            return null;
        var fallbacks = Variants(Architecture(wanted.Architecture), wanted.Variant ?? "");
        var rank = Array.IndexOf(fallbacks, Variant(Architecture(offered.Architecture), offered.Variant ?? ""));
        return rank < 0 ? null : rank;
    }

    /// <summary>What a machine of that variant runs, the best first.</summary>
    private static string[] Variants(string architecture, string variant) => (architecture, variant) switch
    {
        ("arm64", "" or "v8") => ["v8"],
        ("arm64", _) => [variant, "v8"],
        ("arm", "v8") => ["v8", "v7", "v6", "v5"],
        ("arm", "" or "v7") => ["v7", "v6", "v5"],
        ("arm", "v6") => ["v6", "v5"],
        ("amd64", "v4") => ["v4", "v3", "v2", "v1"],
        ("amd64", "v3") => ["v3", "v2", "v1"],
        ("amd64", "v2") => ["v2", "v1"],
        ("amd64", _) => ["v1"],
        (_, "") => [""],
        _ => [variant, ""],
    };

    private static string Variant(string architecture, string variant) => (architecture, variant) switch
    {
        ("arm64", "" or "8") => "v8",
        ("arm", "" or "7") => "v7",
        ("arm", "5" or "6" or "8") => "v" + variant,
        ("amd64", "") => "v1",
        _ => variant,
    };

    private static string Architecture(string name) => name switch
    {
        "x86_64" or "x86-64" => "amd64",
        "aarch64" => "arm64",
        "armhf" => "arm",
        _ => name,
    };
}
