namespace Crisp.Toml;

public sealed class TomlBoolean(TomlPosition position, bool value) : TomlValue(position)
{
    public bool Value { get; } = value;

    public override string Kind => "a boolean";
}
