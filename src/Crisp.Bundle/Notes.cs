namespace Crisp.Bundle;

/// <summary>Collects what had to be left out or clamped, in the order of the contributors.</summary>
internal sealed class Notes
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line) => _lines.Add(line);
}
