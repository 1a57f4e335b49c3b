using Crisp.Errors;

namespace Crisp.Toml;

/// <summary>The text is not TOML 1.0; the message opens with the position.</summary>
public sealed class TomlException(TomlPosition position, string problem)
    : CrispException(ErrorKind.InvalidArgument, $"{position}: {problem}")
{
    public TomlPosition Position { get; } = position;

    /// <summary>The message without the position, for callers that print the file and line their own way.</summary>
    public string Problem { get; } = problem;
}
