using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Classes of Intel RDT and of block I/O, which pods ask for by annotations. Nothing here sets them, so who asks is
/// told.
/// </summary>
internal static class ResourceClassRules
{
    private static readonly (string Kind, string ClassKey, string Prefix)[] Kinds =
    [
        ("RDT", "io.kubernetes.cri.rdt-class", "rdt.resources.beta.kubernetes.io"),
        ("block I/O", "io.kubernetes.cri.blockio-class", "blockio.resources.beta.kubernetes.io"),
    ];

    public static void Refuse(Cri.ContainerConfig config, Cri.PodSandboxConfig pod)
    {
        foreach (var (kind, classKey, prefix) in Kinds)
        {
            var key = new[] { classKey, $"{prefix}/pod", $"{prefix}/container.{config.Metadata.Name}" }
                .FirstOrDefault(
                    candidate => config.Annotations.ContainsKey(candidate) || pod.Annotations.ContainsKey(candidate));
            if (key is not null)
                throw new CrispException(ErrorKind.Unimplemented,
                    $"annotations[{key}]: {kind} classes are not supported; take the annotation away");
        }
    }
}
