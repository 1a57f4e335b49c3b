namespace Crisp.Node.Tests.Comparison;

/// <summary>The README's table of where and why config.json is not the one that containerd would write.</summary>
public static class DifferenceTable
{
    private const string Header = "| in config.json | containerd | crisp | why |";

    public static IReadOnlyList<DifferenceRow> Read() =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .SkipWhile(line => line != Header).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(DifferenceRow.Parse)];
}
