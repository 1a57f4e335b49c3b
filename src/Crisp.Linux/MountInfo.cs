using System.Globalization;
using System.Text;

namespace Crisp.Linux;

/// <summary>One line of /proc/PID/mountinfo (proc(5)).</summary>
public sealed record MountInfo
{
    public required int Id { get; init; }

    public required int ParentId { get; init; }

    /// <summary>"major:minor".</summary>
    public required string Device { get; init; }

    /// <summary>The directory of the file system that is mounted here.</summary>
    public required string Root { get; init; }

    public required string MountPoint { get; init; }

    public required string Options { get; init; }

    /// <summary>"shared:N", "master:N" and so on.</summary>
    public required IReadOnlyList<string> OptionalFields { get; init; }

    public required string FileSystemType { get; init; }

    public required string Source { get; init; }

    public required string SuperOptions { get; init; }

    public bool IsShared => OptionalFields.Any(entry => entry.StartsWith("shared:", StringComparison.Ordinal));

    public bool IsSlave => OptionalFields.Any(entry => entry.StartsWith("master:", StringComparison.Ordinal));

    /// <summary>Null when the line is not of the documented form.</summary>
    public static MountInfo? TryParse(string line)
    {
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
        if (separator < 0 || fields.Length < separator + 4)
            return null;
        if (!int.TryParse(fields[0], CultureInfo.InvariantCulture, out var id) ||
            !int.TryParse(fields[1], CultureInfo.InvariantCulture, out var parent))
            return null;
        return new MountInfo
        {
            Id = id,
            ParentId = parent,
            Device = fields[2],
            Root = Unescape(fields[3]),
            MountPoint = Unescape(fields[4]),
            Options = fields[5],
            OptionalFields = fields[6..separator],
            FileSystemType = fields[separator + 1],
            Source = Unescape(fields[separator + 2]),
            SuperOptions = Unescape(fields[separator + 3]),
        };
    }

    /// <summary>Space, tab, newline and backslash are written as three octal digits after a backslash.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\'))
            return field;
        var bytes = Encoding.UTF8.GetBytes(field);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var escaped = bytes[i] == '\\' && i + 3 < bytes.Length &&
                IsOctal(bytes[i + 1]) && IsOctal(bytes[i + 2]) && IsOctal(bytes[i + 3]);
            bytes[length++] = escaped
                ? (byte)(((bytes[i + 1] - '0') << 6) | ((bytes[i + 2] - '0') << 3) | (bytes[i + 3] - '0'))
                : bytes[i];
            if (escaped)
                i += 3;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsOctal(byte digit) => digit is >= (byte)'0' and <= (byte)'7';
}
