namespace Crisp.Toml;

/// <summary>One part of a possibly dotted key.</summary>
internal readonly record struct TomlKey(string Name, TomlPosition Position);
