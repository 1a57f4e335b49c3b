using Grpc.Core;

namespace Crisp.Grpc.Server;

/// <summary>Collects the methods of services from generated BindService code, by path.</summary>
internal sealed class MethodTable(ServerEnvironment environment) : ServiceBinderBase
{
    private readonly Dictionary<string, CallHandler> _handlers = [];
    private readonly HashSet<string> _services = [];

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Add(method, new UnaryCallHandler<TRequest, TResponse>(method, Required(method, handler), environment));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(
            method,
            new ServerStreamingCallHandler<TRequest, TResponse>(method, Required(method, handler), environment));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(
            method,
            new DuplexStreamingCallHandler<TRequest, TResponse>(method, Required(method, handler), environment));

    public CallHandler? Find(string path) => _handlers.GetValueOrDefault(path);

    /// <summary>Says what of a path that has no handler is not known.</summary>
    public Status WhyUnknown(string path) => new(StatusCode.Unimplemented, path.Split('/') switch
    {
        ["", var service, var name] when _services.Contains(service) => $"unknown method {name} for service {service}",
        ["", var service, _] => $"unknown service {service}",
        _ => $"malformed method name: {path}",
    });

    private void Add(IMethod method, CallHandler handler)
    {
        _handlers.Add(method.FullName, handler);
        _services.Add(method.ServiceName);
    }

    private static T Required<T>(IMethod method, T? handler)
        where T : class =>
        handler ?? throw new ArgumentException($"{method.FullName} was bound without a handler");
}
