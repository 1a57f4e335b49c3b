using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Users;

/// <summary>
/// A user or group as somebody wrote it. What looks like a number is a number or an error: one that is out of range
/// must not be looked up as a name, which an image could define as root (CVE-2026-46680).
/// </summary>
internal sealed record IdOrName(string Field, string Text, uint? Number)
{
    public static IdOrName Parse(string field, string text)
    {
        if (text.Length == 0)
            throw CrispException.InvalidArgument(field, "is empty");
        TextRules.Plain(field, text, Limits.UserNameBytes);
        if (text.Contains(':') || text.Contains('/') || text.Any(char.IsWhiteSpace))
            throw CrispException.InvalidArgument(field, $"\"{text}\" is not the name of a user or group");
        return new IdOrName(field, text, LooksNumeric(text) ? ParseNumber(field, text) : null);
    }

    public static IdOrName Of(string field, long id) => new(field, id.ToString(), UserRules.Id(field, id));

    private static bool LooksNumeric(string text) =>
        text.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9') == false && char.IsAsciiDigit(text[^1]);

    private static uint ParseNumber(string field, string text) =>
        char.IsAsciiDigit(text[0]) && long.TryParse(text, out var id)
            ? UserRules.Id(field, id)
            : throw CrispException.InvalidArgument(field, $"\"{text}\" is not an ID between 0 and {Limits.Id}");
}
