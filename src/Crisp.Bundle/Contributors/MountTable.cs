using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// All mounts in the order in which they are made: parents before children. A mount of the request takes the place of a
/// default one at the same spot; one over /dev or /sys also takes that of the defaults beneath, as Docker and CRI-O do.
/// </summary>
internal static class MountTable
{
    private static readonly string[] WholeTrees = ["/dev", "/sys"];

    public static IReadOnlyList<Oci.Mount> Build(BundleInput input)
    {
        var asked = RequestMounts.Build(input);
        HashSet<string> taken = [.. asked.Select(mount => mount.Destination)];
        var defaults = DefaultMounts.Build(input).Where(mount => !IsReplaced(mount.Destination, taken));
        var configured = input.NodeMounts.Where(mount => !taken.Contains(mount.Destination));
        return [.. defaults.Concat(configured).Concat(asked).OrderBy(Depth)];
    }

    public static int Depth(Oci.Mount mount) => mount.Destination.Count(c => c == '/');

    private static bool IsReplaced(string destination, HashSet<string> taken) =>
        taken.Contains(destination)
        || WholeTrees.Any(top => taken.Contains(top) && PathRules.IsAtOrBeneath(destination, top));
}
