namespace Crisp.Linux;

/// <summary>A file of a configuration directory with its content, or why that cannot be read.</summary>
public sealed record ConfigurationFile(string Path, ReadOnlyMemory<byte> Content, string? Problem)
{
    public bool SameAs(ConfigurationFile other) =>
        Path == other.Path && Problem == other.Problem && Content.Span.SequenceEqual(other.Content.Span);
}
