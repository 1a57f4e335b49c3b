namespace Crisp.Daemon.Configuration;

/// <summary>The name that was probably meant by one that nobody knows.</summary>
internal static class NearestName
{
    /// <summary>
    /// Null where none is near: more than one letter in three would have to be added, left out, replaced or swapped
    /// with its neighbour, and of short names one letter in two.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var most = Math.Max(Math.Min(2, written.Length / 2), written.Length / 3);
        var (nearest, distance) = known.Distinct()
            .Select(name => (name, Distance(written, name)))
            .OrderBy(candidate => candidate.Item2).ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .FirstOrDefault(("", int.MaxValue));
        return distance <= most ? nearest : null;
    }

    /// <summary>Edits from one to the other (Damerau and Levenshtein's, each letter edited once).</summary>
    private static int Distance(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            edits[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            edits[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }
        return edits[from.Length, to.Length];
    }
}
