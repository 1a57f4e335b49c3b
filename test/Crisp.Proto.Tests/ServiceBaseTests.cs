using Google.Protobuf.Reflection;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Proto.Tests;

/// <summary>
/// The generated service bases, as protoc's plugin wrote them, against the Grpc.Core types of this tree.
/// </summary>
internal sealed class ServiceBaseTests
{
    private static readonly FileDescriptor s_file = VersionRequest.Descriptor.File;

    [Test]
    public void RuntimeService_BindsEveryMethod() => Assert.That(
        Bound(binder => RuntimeService.BindService(binder, new EmptyRuntime())),
        Is.EquivalentTo(Described("RuntimeService")));

    [Test]
    public void ImageService_BindsEveryMethod() => Assert.That(
        Bound(binder => ImageService.BindService(binder, new EmptyImages())),
        Is.EquivalentTo(Described("ImageService")));

    private static List<string> Bound(Action<ServiceBinderBase> bind)
    {
        var binder = new RecordingBinder();
        bind(binder);
        return binder.Methods;
    }

    private static IEnumerable<string> Described(string service) =>
        s_file.Services.Single(described => described.Name == service).Methods.Select(method =>
            $"/{s_file.Package}.{service}/{method.Name} {(method.IsServerStreaming ? "ServerStreaming" : "Unary")}");

    private sealed class EmptyRuntime : RuntimeService.RuntimeServiceBase;

    private sealed class EmptyImages : ImageService.ImageServiceBase;

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add($"{method.FullName} {method.Type}");

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add($"{method.FullName} {method.Type}");
    }
}
