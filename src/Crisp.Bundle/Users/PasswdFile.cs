using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Users;

/// <summary>Reads an image's /etc/passwd. It is hostile text: a line that is not well-formed is no entry.</summary>
internal static class PasswdFile
{
    public static PasswdEntry? Find(string? text, Predicate<PasswdEntry> match)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (ColonLine.Parse(line, fields: 7) is { } entry && Parse(entry) is { } found && match(found))
                return found;
        }

        return null;
    }

    private static PasswdEntry? Parse(string[] fields) =>
        fields[0].Length > 0 && ColonLine.Id(fields[2]) is { } uid && ColonLine.Id(fields[3]) is { } gid
            ? new PasswdEntry(fields[0], uid, gid, Home(fields[5]))
            : null;

    private static string? Home(string home) =>
        home.StartsWith('/') && home.Length <= Limits.PathBytes && !home.Any(char.IsControl) ? home : null;
}
