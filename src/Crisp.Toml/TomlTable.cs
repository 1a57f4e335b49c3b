using System.Diagnostics.CodeAnalysis;

namespace Crisp.Toml;

/// <summary>A table, its entries in the order they were written.</summary>
public sealed class TomlTable : TomlValue
{
    private readonly List<TomlEntry> _entries = [];
    private readonly Dictionary<string, TomlEntry> _byKey = new(StringComparer.Ordinal);

    internal TomlTable(TomlPosition position, TableOrigin origin)
        : base(position)
    {
        Origin = origin;
    }

    public IReadOnlyList<TomlEntry> Entries => _entries;

    public override string Kind => "a table";

    internal TableOrigin Origin { get; set; }

    public bool TryGet(string key, [NotNullWhen(true)] out TomlEntry? entry) => _byKey.TryGetValue(key, out entry);

    internal void Add(TomlEntry entry)
    {
        _byKey.Add(entry.Key, entry);
        _entries.Add(entry);
    }
}
