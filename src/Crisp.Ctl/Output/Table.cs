namespace Crisp.Ctl.Output;

/// <summary>
/// Columns as crictl's: at least 20 wide, 3 blanks apart, the last one without padding, so that scripts which cut
/// them find them.
/// </summary>
internal sealed class Table(params IReadOnlyList<string> heading)
{
    private const int MinWidth = 20;
    private const int Gap = 3;

    private readonly List<IReadOnlyList<string>> _rows = [heading];

    internal void Add(params IReadOnlyList<string> row) => _rows.Add(row);

    internal void Write(TextWriter writer)
    {
        var widths = Enumerable.Range(0, _rows[0].Count)
            .Select(column => Math.Max(MinWidth, _rows.Max(row => row[column].Length + Gap)))
            .ToArray();
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Count - 1; column++) writer.Write(row[column].PadRight(widths[column]));
            writer.WriteLine(row[^1]);
        }
    }
}
