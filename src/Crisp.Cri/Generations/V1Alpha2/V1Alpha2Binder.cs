using System.Collections.Frozen;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri.Generations.V1Alpha2;

/// <summary>
/// Serves v1's methods, v1's messages and handlers included, under the names of runtime.v1alpha2. That is sound because
/// v1 only added to v1alpha2 on the wire (a test compares the descriptors): an old client cannot send the new fields
/// and skips them in answers; fields it knows and v1 does not would pass through as unknown ones. What v1 added as RPCs
/// stays Unimplemented here.
/// </summary>
internal sealed class V1Alpha2Binder(ServiceBinderBase server) : ServiceBinderBase
{
    private const string ApiVersion = "v1alpha2";

    /// <summary>Those of both services; the last kubelet to speak it was 1.25's.</summary>
    private static readonly FrozenSet<string> s_rpcs = FrozenSet.Create(
        "Version", "Status", "UpdateRuntimeConfig",
        "RunPodSandbox", "StopPodSandbox", "RemovePodSandbox", "PodSandboxStatus", "ListPodSandbox",
        "CreateContainer", "StartContainer", "StopContainer", "RemoveContainer", "ContainerStatus", "ListContainers",
        "UpdateContainerResources", "ReopenContainerLog",
        "ExecSync", "Exec", "Attach", "PortForward",
        "ContainerStats", "ListContainerStats", "PodSandboxStats", "ListPodSandboxStats",
        "ListImages", "ImageStatus", "PullImage", "RemoveImage", "ImageFsInfo");

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        if (s_rpcs.Contains(method.Name))
            server.AddMethod(Renamed(method), InItsOwnTerms(handler));
    }

    /// <summary>Streams came with v1.</summary>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
    }

    private static Method<TRequest, TResponse> Renamed<TRequest, TResponse>(Method<TRequest, TResponse> method) => new(
        method.Type,
        method.ServiceName.Replace("runtime.v1.", "runtime.v1alpha2.", StringComparison.Ordinal),
        method.Name,
        method.RequestMarshaller,
        method.ResponseMarshaller);

    /// <summary>The one answer that names the API.</summary>
    private static UnaryServerMethod<TRequest, TResponse>? InItsOwnTerms<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        handler is not UnaryServerMethod<VersionRequest, VersionResponse> version
            ? handler
            : async (request, context) =>
            {
                var response = await version((VersionRequest)(object)request, context);
                response.RuntimeApiVersion = ApiVersion;
                return (TResponse)(object)response;
            };
}
