namespace Crisp.Toml;

/// <summary>TOML 1.0, "Offset Date-Time" to "Local Time".</summary>
public enum TomlDateTimeForm
{
    OffsetDateTime,
    LocalDateTime,
    LocalDate,
    LocalTime,
}
