using System.Text.RegularExpressions;

namespace Crisp.Testing;

/// <summary>What a daemon said, line by line.</summary>
public sealed partial class DaemonLog
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return _lines.ToList();
        }
    }

    /// <summary>Lines that say something went wrong that should not.</summary>
    public IEnumerable<string> Errors => Lines.Where(line => ErrorLevel().IsMatch(line));

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }

    /// <summary>The first line that holds all the parts, which is read a moment after the daemon wrote it.</summary>
    public async Task<string> SaysAsync(params string[] parts) => (await Eventually.GetAsync(
        $"the daemon says {string.Join(", ", parts)}",
        () => Task.FromResult(
            Lines.FirstOrDefault(line => parts.All(part => line.Contains(part, StringComparison.Ordinal)))),
        line => line is not null))!; // by the condition

    public override string ToString() => string.Join('\n', Lines);

    [GeneratedRegex(@"^\S+Z (error|fatal) |Unhandled exception")]
    private static partial Regex ErrorLevel();
}
