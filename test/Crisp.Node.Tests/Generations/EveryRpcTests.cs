using Crisp.Grpc.Client;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>No RPC of any generation is answered with Unimplemented: each is asked with nothing, and says something of its own.</summary>
[TestFixture("crun")]
public class EveryRpcTests(string runtime) : NodeFixture(runtime)
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create<byte[]>(
        (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());

    private static IEnumerable<TestCaseData> Rpcs =>
        new[]
        {
            global::Runtime.V1.VersionRequest.Descriptor.File,
            global::Runtime.V1Alpha2.VersionRequest.Descriptor.File,
            global::Runtime.Legacy.VersionRequest.Descriptor.File,
            global::Grpc.Health.V1.HealthCheckRequest.Descriptor.File,
        }
        .SelectMany(file => file.Services).SelectMany(service => service.Methods)
        .Select(method => new TestCaseData(method).SetArgDisplayNames(method.FullName));

    [TestCaseSource(nameof(Rpcs))]
    public async Task Rpc_IsThere(MethodDescriptor method)
    {
        StatusCode answer = await StatusOfAsync(method);

        Assert.That(answer, Is.Not.EqualTo(StatusCode.Unimplemented), method.FullName);
    }

    [Test]
    public async Task UnknownServicesAndMethods_AreUnimplemented_AsKubeletsProbeForThem()
    {
        using UnixSocketChannel channel = new(Node.SocketPath);

        foreach (string path in new[] { "runtime.v2.RuntimeService/Version", "runtime.v1alpha2.RuntimeService/RuntimeConfig" })
        {
            string[] names = path.Split('/');
            Method<byte[], byte[]> method = new(MethodType.Unary, names[0], names[1], s_bytes, s_bytes);
            await Refused.WithAsync(StatusCode.Unimplemented, async () =>
                await channel.CreateCallInvoker().AsyncUnaryCall(method, null, CriCalls.Options(), []));
        }
    }

    /// <summary>Of a stream its first message suffices, and one without any within its deadline is there too.</summary>
    private async Task<StatusCode> StatusOfAsync(MethodDescriptor rpc)
    {
        using UnixSocketChannel channel = new(Node.SocketPath);
        CallInvoker invoker = channel.CreateCallInvoker();
        MethodType type = rpc.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        Method<byte[], byte[]> method = new(type, rpc.Service.FullName, rpc.Name, s_bytes, s_bytes);
        try
        {
            if (!rpc.IsServerStreaming)
            {
                await invoker.AsyncUnaryCall(method, null, CriCalls.Options(), []);
                return StatusCode.OK;
            }

            using AsyncServerStreamingCall<byte[]> stream =
                invoker.AsyncServerStreamingCall(method, null, CriCalls.Options(TimeSpan.FromSeconds(2)), []);
            await stream.ResponseStream.MoveNext(CancellationToken.None);
            return StatusCode.OK;
        }
        catch (RpcException answer)
        {
            return answer.StatusCode;
        }
    }
}
