namespace Crisp.Cni.Configuration;

/// <summary>A file of the configuration directory as it was found.</summary>
/// <param name="Name">Its name in the directory.</param>
/// <param name="Content">Its bytes; empty when there is a problem.</param>
/// <param name="Problem">Why it could not be read; null when it could.</param>
internal sealed record ConfigurationFile(string Name, ReadOnlyMemory<byte> Content, string? Problem)
{
    internal bool SameAs(ConfigurationFile other) =>
        Name == other.Name && Problem == other.Problem && Content.Span.SequenceEqual(other.Content.Span);

    /// <exception cref="FormatException">The file is not usable; the message says why.</exception>
    internal NetworkConfigurationList Parse()
    {
        if (Problem is not null) throw new FormatException(Problem);
        return Name.EndsWith(".conflist", StringComparison.Ordinal)
            ? ConfigurationParser.ParseList(Content)
            : ConfigurationParser.ParseSingle(Content);
    }
}
