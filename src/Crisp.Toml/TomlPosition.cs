namespace Crisp.Toml;

/// <summary>Where something stands in the text: both numbers count from 1, columns in UTF-16 units.</summary>
public readonly record struct TomlPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
