using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Selection;

/// <summary>--latest and --last: so many of the newest, whatever their state.</summary>
internal static class Newest
{
    internal static bool IsAsked(ParsedFlags flags) => flags.Switch("latest") || flags.Number("last") > 0;

    internal static IReadOnlyList<T> Of<T>(IEnumerable<T> items, Func<T, long> createdAt, ParsedFlags flags)
    {
        var newestFirst = items.OrderByDescending(createdAt);
        var count = flags.Number("last") > 0 ? flags.Number("last") : flags.Switch("latest") ? 1 : long.MaxValue;
        return [.. newestFirst.Take((int)Math.Min(count, int.MaxValue))];
    }
}
