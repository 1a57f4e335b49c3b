using System.Text;
using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of text that is too long, or that would mean something else where it ends up.</summary>
internal static class TextRules
{
    /// <summary>Free text: bounded, without NUL, at which the kernel would cut it.</summary>
    public static void Bounded(string field, string value, int maxBytes)
    {
        if (value.Length > maxBytes || Encoding.UTF8.GetByteCount(value) > maxBytes)
            throw CrispException.InvalidArgument(field, $"is longer than {maxBytes} bytes");
        if (value.Contains('\0'))
            throw CrispException.InvalidArgument(field, "contains a NUL character");
    }

    /// <summary>Text of one line: also without control characters.</summary>
    public static void Plain(string field, string value, int maxBytes)
    {
        Bounded(field, value, maxBytes);
        if (value.Any(char.IsControl))
            throw CrispException.InvalidArgument(field, "contains a line break or another control character");
    }

    /// <summary>A name that becomes part of file names: one path component.</summary>
    public static void Name(string field, string value)
    {
        if (value.Length == 0)
            throw CrispException.InvalidArgument(field, "is missing");
        Plain(field, value, Limits.NameBytes);
        if (value is "." or ".." || value.Contains('/'))
            throw CrispException.InvalidArgument(field, $"\"{value}\" is not a name: it is a path");
    }

    public static void Count(string field, int count, int most)
    {
        if (count > most)
            throw CrispException.InvalidArgument(field, $"has {count} entries; at most {most} are allowed");
    }

    /// <summary>Labels and annotations come back byte for byte, so only their size is looked at.</summary>
    public static void Metadata(string field, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var bytes = entries.Sum(
            entry => (long)Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value));
        if (bytes > Limits.MetadataBytes)
            throw CrispException.InvalidArgument(
                field, $"hold {bytes} bytes; at most {Limits.MetadataBytes} are allowed");
    }
}
