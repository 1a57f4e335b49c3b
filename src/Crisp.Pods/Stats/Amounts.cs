namespace Crisp.Pods.Stats;

/// <summary>Differences of counters that were not read at the same moment: never below zero.</summary>
internal static class Amounts
{
    internal static ulong Less(ulong amount, ulong? part) =>
        part is { } less && less < amount ? amount - less : part is null ? amount : 0;

    internal static ulong? Left(ulong? limit, ulong used) => limit is { } most ? Less(most, used) : null;
}
