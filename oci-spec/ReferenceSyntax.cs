using System.Text.RegularExpressions;

namespace Crisp.OciSpec;

/// <summary>The grammar of image names, from the repository github.com/distribution/reference.</summary>
internal static partial class ReferenceSyntax
{
    /// <summary>Longest registry and repository together that the grammar allows.</summary>
    private const int MaxNameLength = 255;

    /// <summary>A whole reference: name, tag of 128, sha512 digest. Longer text is not looked at.</summary>
    private const int MaxTextLength = MaxNameLength + 1 + 128 + 1 + 7 + 128;

    /// <summary>Splits and completes a reference. Returns what is wrong with it, or null.</summary>
    public static string? Split(
        string? text, out string registry, out string repository, out string? tag, out Digest? digest)
    {
        registry = repository = "";
        tag = null;
        digest = null;
        if (string.IsNullOrEmpty(text)) return "an image name is missing";
        if (text.Length > MaxTextLength) return "the image name is too long";
        var rest = text;
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!OciSpec.Digest.TryParse(rest[(at + 1)..], out var parsed)) return $"\"{text}\" has a malformed digest";
            digest = parsed;
            rest = rest[..at];
        }
        var colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            if (!Tag().IsMatch(tag)) return $"\"{text}\" has a malformed tag";
            rest = rest[..colon];
        }
        (registry, repository) = SplitRegistry(rest);
        return CheckName(text, registry, repository);
    }

    /// <summary>
    /// The first component is a registry if it looks like a host: has a dot, a colon, a capital, or is localhost.
    /// </summary>
    private static (string Registry, string Repository) SplitRegistry(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var isHost = first.Contains('.') || first.Contains(':') || first == "localhost"
            || (first.Length > 0 && first.Any(char.IsAsciiLetterUpper));
        var registry = isHost ? first : Reference.DefaultRegistry;
        var repository = isHost ? name[(slash + 1)..] : name;
        if (registry == "index.docker.io") registry = Reference.DefaultRegistry;
        if (registry == Reference.DefaultRegistry && repository.Length > 0 && !repository.Contains('/'))
            repository = "library/" + repository;
        return (registry, repository);
    }

    private static string? CheckName(string text, string registry, string repository)
    {
        if (!Host().IsMatch(registry)) return $"\"{text}\" has a malformed registry host";
        if (HexId().IsMatch(text)) return $"\"{text}\" is an image ID, not a name";
        if (repository.Any(char.IsAsciiLetterUpper)) return $"\"{text}\": the repository must be lowercase";
        if (!Repository().IsMatch(repository)) return $"\"{text}\" is not an image name";
        return registry.Length + 1 + repository.Length > MaxNameLength ? $"\"{text}\" is too long" : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Repository();

    [GeneratedRegex(
        @"\A(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[a-f0-9]{64}\z")]
    private static partial Regex HexId();
}
