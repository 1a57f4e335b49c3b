namespace Crisp.Toml;

/// <summary>A 64-bit signed integer; the reader refuses what does not fit.</summary>
public sealed class TomlInteger(TomlPosition position, long value) : TomlValue(position)
{
    public long Value { get; } = value;

    public override string Kind => "an integer";
}
