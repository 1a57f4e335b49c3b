using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>ID mappings of one mount: of users and groups both, each a range that ends within 32 bits.</summary>
internal static class MountMappingRules
{
    /// <summary>UID_GID_MAP_MAX_EXTENTS of the kernel.</summary>
    private const int MostRanges = 340;

    public static void Validate(Cri.Mount mount)
    {
        Ranges("config.mounts.uidMappings", mount.UidMappings);
        Ranges("config.mounts.gidMappings", mount.GidMappings);
        if (mount.UidMappings.Count > 0 != mount.GidMappings.Count > 0)
        {
            var missing = mount.UidMappings.Count > 0 ? "gidMappings" : "uidMappings";
            throw CrispException.InvalidArgument(
                $"config.mounts.{missing}", "is missing beside the mappings of the other kind");
        }
    }

    private static void Ranges(string field, RepeatedField<Cri.IDMapping> mappings)
    {
        TextRules.Count(field, mappings.Count, MostRanges);
        foreach (Cri.IDMapping mapping in mappings)
        {
            if (mapping.Length == 0)
                throw CrispException.InvalidArgument(field, "a range has no length");
            if ((long)mapping.HostId + mapping.Length > uint.MaxValue
                || (long)mapping.ContainerId + mapping.Length > uint.MaxValue)
                throw CrispException.InvalidArgument(field, "a range ends beyond the highest ID");
        }
    }
}
