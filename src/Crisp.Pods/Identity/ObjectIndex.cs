using System.Collections.Immutable;
using Crisp.Errors;

namespace Crisp.Pods.Identity;

/// <summary>
/// Every pod, or every container, that callers may see. One immutable array _sorted by ID serves all readers without a
/// lock: a list is the array itself, a lookup by ID or by unique prefix is one binary search.
/// </summary>
internal sealed class ObjectIndex<T>(string what)
    where T : class, IIdentified
{
    private ImmutableArray<T> _sorted = [];

    internal ImmutableArray<T> All => _sorted;

    internal void Add(T item) =>
        ImmutableInterlocked.Update(ref _sorted, static (all, item) => all.Insert(Position(all, item.Id), item), item);

    internal void Remove(T item) =>
        ImmutableInterlocked.Update(ref _sorted, static (all, item) => all.Remove(item), item);

    /// <summary>The object, or null; a prefix of several IDs is the caller's mistake.</summary>
    internal T? Find(string idOrPrefix)
    {
        if (string.IsNullOrEmpty(idOrPrefix))
            throw CrispException.InvalidArgument($"{what} ID", "is empty");

        var all = _sorted;
        var first = Position(all, idOrPrefix);
        if (!HasPrefixAt(all, first, idOrPrefix))
            return null;
        if (idOrPrefix.Length < ObjectId.Length && HasPrefixAt(all, first + 1, idOrPrefix))
            throw CrispException.InvalidArgument(
                $"{what} ID", $"\"{idOrPrefix}\" is ambiguous: several IDs begin with it");
        return all[first];
    }

    internal T Get(string idOrPrefix) => Find(idOrPrefix) ?? throw CrispException.NotFound(what, idOrPrefix);

    /// <summary>The place of the first ID that is not before the given one.</summary>
    private static int Position(ImmutableArray<T> all, string id)
    {
        var low = 0;
        var high = all.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(all[middle].Id, id) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static bool HasPrefixAt(ImmutableArray<T> all, int position, string prefix) =>
        position < all.Length && all[position].Id.StartsWith(prefix, StringComparison.Ordinal);
}
