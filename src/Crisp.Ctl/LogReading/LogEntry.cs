using System.Globalization;
using System.Text;

namespace Crisp.Ctl.LogReading;

/// <summary>
/// One line of a CRI log: <c>TIME STREAM TAGS CONTENT</c>, one blank between, content to the end of the line. TIME is
/// RFC 3339 with nanoseconds, STREAM stdout or stderr, TAGS begin with F for a whole line or the end of one, and with
/// P for a part that goes on.
/// </summary>
internal readonly ref struct LogEntry
{
    private LogEntry(
        ReadOnlySpan<byte> time, ReadOnlySpan<byte> stream, ReadOnlySpan<byte> tags, ReadOnlySpan<byte> content)
    {
        Time = time;
        IsError = stream.SequenceEqual("stderr"u8);
        IsPartial = tags is [(byte)'P', ..];
        Content = content;
    }

    internal ReadOnlySpan<byte> Time { get; }

    internal bool IsError { get; }

    internal bool IsPartial { get; }

    internal ReadOnlySpan<byte> Content { get; }

    /// <param name="line">Without its newline.</param>
    /// <param name="entry">The line's parts.</param>
    internal static bool TryParse(ReadOnlySpan<byte> line, out LogEntry entry)
    {
        entry = default;
        var time = Cut(ref line);
        var stream = Cut(ref line);
        var tags = Cut(ref line);
        if (time.IsEmpty || tags.IsEmpty) return false;
        if (!stream.SequenceEqual("stdout"u8) && !stream.SequenceEqual("stderr"u8)) return false;
        entry = new LogEntry(time, stream, tags, line);
        return true;
    }

    /// <summary>False too when the time cannot be read: better a line too many than one too few.</summary>
    internal bool IsBefore(DateTimeOffset moment) =>
        DateTimeOffset.TryParse(
            WithoutNanoseconds(Time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time < moment;

    /// <summary>What .NET's clock cannot hold is cut off here, since its parser would round it up.</summary>
    private static string WithoutNanoseconds(ReadOnlySpan<byte> time)
    {
        const int digits = 7;
        var text = Encoding.ASCII.GetString(time);
        var fraction = text.IndexOf('.') + 1;
        var end = fraction;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return fraction > 0 && end - fraction > digits ? text.Remove(fraction + digits, end - fraction - digits) : text;
    }

    /// <summary>What stands before the next blank; nothing when there is none.</summary>
    private static ReadOnlySpan<byte> Cut(scoped ref ReadOnlySpan<byte> rest)
    {
        var blank = rest.IndexOf((byte)' ');
        if (blank < 0) return default;
        var word = rest[..blank];
        rest = rest[(blank + 1)..];
        return word;
    }
}
