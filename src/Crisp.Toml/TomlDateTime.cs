namespace Crisp.Toml;

/// <summary>
/// One of TOML's four date and time forms, checked against the calendar and kept as it was written: no .NET type holds
/// all four without inventing a zone or a date.
/// </summary>
public sealed class TomlDateTime(TomlPosition position, TomlDateTimeForm form, string text) : TomlValue(position)
{
    public TomlDateTimeForm Form { get; } = form;

    public string Text { get; } = text;

    public override string Kind => "a date or time";
}
