using Crisp.Bundle;
using Crisp.Errors;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>Bytes of a pod's /dev/shm: the default, or what an annotation says that the handler allows.</summary>
internal static class ShmSize
{
    private const string Name = "shm-size.crio.io";
    private const string FormerName = "io.kubernetes.cri-o.ShmSize";

    internal static long Of(PodSandboxConfig pod, RuntimeHandler handler, PodsOptions options)
    {
        var asked = FeatureAnnotation.Find(pod.Annotations, handler.Facts.AllowedAnnotations, Name, FormerName);
        if (asked is null)
            return options.ShmBytes;
        var bytes = Quantity.Parse($"annotations[{Name}]", asked);
        return bytes > 0 ? bytes : throw CrispException.InvalidArgument($"annotations[{Name}]", $"{asked} is no size");
    }
}
