namespace Crisp.Images.Content;

/// <summary>[crio.image] pinned_images: exact names, prefix*, *keyword*.</summary>
internal sealed class PinnedPatterns(IReadOnlyList<string> patterns)
{
    public bool Match(IEnumerable<string> names) =>
        patterns.Count > 0 && names.Any(name => patterns.Any(pattern => Match(pattern, name)));

    private static bool Match(string pattern, string name)
    {
        if (pattern.Length > 1 && pattern[0] == '*' && pattern[^1] == '*')
            return name.Contains(pattern[1..^1], StringComparison.Ordinal);
        if (pattern.EndsWith('*')) return name.StartsWith(pattern[..^1], StringComparison.Ordinal);
        return name == pattern;
    }
}
