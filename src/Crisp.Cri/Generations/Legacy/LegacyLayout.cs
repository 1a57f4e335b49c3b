namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// The wire layouts that were all called package runtime, by the Kubernetes release that brought them. 1.5 stands for
/// itself; each later one adds to the one before, so that "at least 1.7" says what can be read.
/// </summary>
public enum LegacyLayout
{
    /// <summary>proto2: security on the container itself, namespaces as booleans, states without a wrapper.</summary>
    Kubernetes15,

    /// <summary>proto3: v1alpha2's numbers, but namespaces as booleans; security contexts, Status, image_ref.</summary>
    Kubernetes16,

    /// <summary>Statistics, ImageFsInfo, sysctls as a field.</summary>
    Kubernetes17,

    /// <summary>1.8 and 1.9: UpdateContainerResources, verbose status, the streams that an exec wants.</summary>
    Kubernetes18,
}
