using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Contributors;

/// <summary>The request's mounts, as recursive binds of what the caller resolved.</summary>
internal static class RequestMounts
{
    public static Oci.Mount[] Build(BundleInput input) => input.Mounts.Select(Convert).ToArray();

    private static Oci.Mount Convert(ResolvedMount mount) => new()
    {
        Destination = PathRules.Clean(mount.ContainerPath),
        Type = "bind",
        Source = mount.Source,
        Options = ["rbind", MountPropagation.Option(mount), mount.ReadOnly ? "ro" : "rw"],
    };
}
