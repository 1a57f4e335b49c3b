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

    public override string ToString() => string.Join('\n', Lines);

    [GeneratedRegex(@"^\S+Z (error|fatal) |Unhandled exception")]
    private static partial Regex ErrorLevel();
}
