using System.Diagnostics.CodeAnalysis;

namespace Crisp.OciSpec;

/// <summary>
/// The name of an image at a registry, in full: what docker.io/library/busybox:latest spells. Short spellings are
/// completed as Docker completes them; a name with neither tag nor digest means the tag "latest".
/// Grammar: github.com/distribution/reference.
/// </summary>
public sealed record Reference
{
    public const string DefaultRegistry = "docker.io";
    public const string DefaultTag = "latest";

    private Reference(string registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>host[:port].</summary>
    public string Registry { get; }

    /// <summary>The path at the registry, without the registry: library/busybox.</summary>
    public string Repository { get; }

    public string? Tag { get; }

    public Digest? Digest { get; }

    /// <summary>Registry and repository: docker.io/library/busybox.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>What asks the registry for it: the digest where there is one, else the tag.</summary>
    public string ManifestReference => Digest?.ToString() ?? Tag ?? DefaultTag;

    public static Reference Parse(string text) =>
        TryParse(text, out var reference, out var problem) ? reference : throw new FormatException(problem);

    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out Reference? reference,
        [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        problem = ReferenceSyntax.Split(text, out var registry, out var repository, out var tag, out var digest);
        if (problem is not null) return false;
        if (tag is null && digest is null) tag = DefaultTag;
        reference = new Reference(registry, repository, tag, digest);
        return true;
    }

    /// <summary>The same repository by a digest alone: name@digest.</summary>
    public Reference WithDigest(Digest digest) => new(Registry, Repository, null, digest);

    public Reference WithTag(string tag) => Parse($"{Name}:{tag}");

    public override string ToString() =>
        Name + (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");
}
