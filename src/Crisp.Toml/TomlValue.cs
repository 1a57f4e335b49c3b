namespace Crisp.Toml;

/// <summary>Any value of TOML 1.0, with the place it was written at.</summary>
public abstract class TomlValue(TomlPosition position)
{
    public TomlPosition Position { get; } = position;

    /// <summary>What the value is, in the words of an error sentence: "a string", "an array".</summary>
    public abstract string Kind { get; }
}
