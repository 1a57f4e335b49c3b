namespace Crisp.Toml;

/// <summary>A string of any of the four forms, unescaped.</summary>
public sealed class TomlString(TomlPosition position, string value) : TomlValue(position)
{
    public string Value { get; } = value;

    public override string Kind => "a string";
}
