namespace Crisp.Toml;

/// <summary>An array written in brackets, or the tables of one <c>[[name]]</c>.</summary>
public sealed class TomlArray : TomlValue
{
    private readonly List<TomlValue> _items = [];

    internal TomlArray(TomlPosition position, bool ofTables)
        : base(position)
    {
        OfTables = ofTables;
    }

    public IReadOnlyList<TomlValue> Items => _items;

    public override string Kind => "an array";

    /// <summary>True for <c>[[name]]</c>, which later headers may extend; an array in brackets is closed.</summary>
    internal bool OfTables { get; }

    internal void Add(TomlValue value) => _items.Add(value);
}
