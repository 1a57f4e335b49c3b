using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Users;

/// <summary>A line of fields with colons between, as passwd and group files have them.</summary>
internal static class ColonLine
{
    /// <summary>
    /// A line beyond this is no entry but an attempt to make the reader swell (CVE-2026-47262), characters.
    /// </summary>
    private const int MostCharacters = 1024 * 1024;

    /// <summary>
    /// The fields, padded with empty ones where trailing ones are left out; null where this is no entry.
    /// </summary>
    public static string[]? Parse(ReadOnlySpan<char> line, int fields)
    {
        if (line.Length > MostCharacters || line.IsWhiteSpace() || line[0] == '#')
            return null;
        var found = line.ToString().Split(':');
        if (found.Length > fields)
            return null;
        Array.Resize(ref found, fields);
        return Array.ConvertAll(found, field => field ?? "");
    }

    public static uint? Id(string field) =>
        field.Length > 0 && field.All(char.IsAsciiDigit) && long.TryParse(field, out var id) && id <= Limits.Id
            ? (uint)id
            : null;
}
