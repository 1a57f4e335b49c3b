using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>PullImage, which may hold a pod's config; the other requests about images are v1's.</summary>
internal static class ImageRequests
{
    public static PullImageRequest Pull(LegacyRequest request, LegacyOptions options)
    {
        var pod = request.Part(3);
        var pull = request.Parse(PullImageRequest.Parser, pod is null ? null : LayoutSigns.OfPod(pod));
        pull.SandboxConfig = pod is null ? null : PodConfigs.Read(pod, request.Layout, options);
        return pull;
    }
}
