using System.Globalization;
using Crisp.Bundle;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// A resource limit as "NAME=SOFT:HARD", or "NAME=BOTH": the name is setrlimit(2)'s, in small letters and without its
/// RLIMIT_; -1 is unlimited.
/// </summary>
internal static class UlimitText
{
    private static readonly string[] Names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ];

    /// <summary>What is wrong with it, in a sentence; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        var (name, limits) = Split(text);
        if (!Names.Contains(name))
            return $"has an invalid ulimit type: {name}; there are {string.Join(", ", Names)}";
        if (limits.Length is 0 or > 2 || !limits.All(IsLimit))
            return $"must be NAME=SOFT:HARD, not \"{text}\"";
        var (soft, hard) = (Limit(limits[0]), Limit(limits[^1]));
        return soft <= hard
            ? null
            : $"is wrong: ulimit soft limit must be less than or equal to hard limit: {limits[0]} > {limits[^1]}";
    }

    /// <summary>One of which <see cref="Problem"/> says nothing.</summary>
    public static Ulimit Read(string text)
    {
        var (name, limits) = Split(text);
        return new Ulimit(name, Limit(limits[0]), Limit(limits[^1]));
    }

    private static (string Name, string[] Limits) Split(string text)
    {
        var equals = text.IndexOf('=');
        return (text[..equals], text[(equals + 1)..].Split(':'));
    }

    private static bool IsLimit(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) && limit >= -1;

    private static ulong Limit(string text) =>
        long.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var limit ? (ulong)limit : Ulimit.Unlimited;
}
