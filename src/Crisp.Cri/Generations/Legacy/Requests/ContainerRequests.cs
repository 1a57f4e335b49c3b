using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>CreateContainer and ListContainers; the other requests about containers hold an ID and are v1's.</summary>
internal static class ContainerRequests
{
    /// <param name="request">The container's config at 2, the pod's once more at 3.</param>
    /// <param name="podAnnotations">Those of a pod by ID, for a request without the pod's config.</param>
    /// <param name="options">This node's.</param>
    public static CreateContainerRequest Create(
        LegacyRequest request, Func<string, IReadOnlyDictionary<string, string>> podAnnotations, LegacyOptions options)
    {
        var (config, pod) = (request.Part(2), request.Part(3));
        var layout = request.Decide(LayoutSigns.Both(
            config is null ? null : LayoutSigns.OfContainer(config), pod is null ? null : LayoutSigns.OfPod(pod)));
        var create = new CreateContainerRequest
        {
            PodSandboxId = request.Text(1),
            Config = config is null ? null : ContainerConfigs.Read(config, layout),
            SandboxConfig = pod is null ? null : PodConfigs.Read(pod, layout, options),
        };
        if (create.Config is not null)
        {
            var annotations = create.SandboxConfig?.Annotations ?? podAnnotations(create.PodSandboxId);
            AnnotatedFeatures.Apply(create.Config, annotations, options.SeccompRoot);
        }
        return create;
    }

    public static ListContainersRequest List(LegacyRequest request)
    {
        var filter = request.Part(1);
        var layout = request.Decide(filter is null ? null : LayoutSigns.OfFilter(filter));
        return new ListContainersRequest { Filter = filter is null ? null : Filters.Containers(filter, layout) };
    }
}
