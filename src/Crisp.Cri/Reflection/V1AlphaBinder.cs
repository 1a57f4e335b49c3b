using Grpc.Core;

namespace Crisp.Cri.Reflection;

/// <summary>Reflection of v1 under the name of v1alpha, which is all that changed between the two.</summary>
internal sealed class V1AlphaBinder(ServiceBinderBase server) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        server.AddMethod(
            new Method<TRequest, TResponse>(
                method.Type,
                method.ServiceName.Replace("grpc.reflection.v1.", "grpc.reflection.v1alpha.", StringComparison.Ordinal),
                method.Name,
                method.RequestMarshaller,
                method.ResponseMarshaller),
            handler);
}
