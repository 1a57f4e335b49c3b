using System.Text;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>Slice unit names, whose dashes are their path: "a-b.slice" lies in "a.slice" (man systemd.slice).</summary>
internal static class SystemdSlice
{
    private const string Suffix = ".slice";

    public static string Expand(string slice)
    {
        if (slice == "-.slice")
            return "";
        var path = new StringBuilder();
        var prefix = "";
        foreach (var part in slice[..^Suffix.Length].Split('-'))
        {
            prefix = prefix.Length == 0 ? part : $"{prefix}-{part}";
            path.Append('/').Append(prefix).Append(Suffix);
        }

        return path.ToString();
    }

    public static void Validate(string field, string slice)
    {
        var name = slice[..^Suffix.Length];
        var wellFormed = name.Length > 0 && name.Split('-').All(part => part.Length > 0)
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '\\' or '@');
        if (!wellFormed)
            throw CrispException.InvalidArgument(field, $"\"{slice}\" is not the name of a slice");
    }
}
