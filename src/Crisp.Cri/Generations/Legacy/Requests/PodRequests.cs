using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>RunPodSandbox and ListPodSandbox; the other requests about pods hold an ID and are v1's.</summary>
internal static class PodRequests
{
    public static RunPodSandboxRequest Run(LegacyRequest request, LegacyOptions options)
    {
        var config = request.Part(1);
        var layout = request.Decide(config is null ? null : LayoutSigns.OfPod(config));
        return new RunPodSandboxRequest { Config = config is null ? null : PodConfigs.Read(config, layout, options) };
    }

    public static ListPodSandboxRequest List(LegacyRequest request)
    {
        var filter = request.Part(1);
        var layout = request.Decide(filter is null ? null : LayoutSigns.OfFilter(filter));
        return new ListPodSandboxRequest { Filter = filter is null ? null : Filters.Pods(filter, layout) };
    }
}
