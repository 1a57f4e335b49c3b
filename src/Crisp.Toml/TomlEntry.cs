namespace Crisp.Toml;

/// <summary>A key of a table, the place where it was first written, and its value.</summary>
public sealed record TomlEntry(string Key, TomlPosition Position, TomlValue Value);
