namespace Crisp.Toml;

/// <summary>A binary64 number, inf and nan included.</summary>
public sealed class TomlFloat(TomlPosition position, double value) : TomlValue(position)
{
    public double Value { get; } = value;

    public override string Kind => "a float";
}
