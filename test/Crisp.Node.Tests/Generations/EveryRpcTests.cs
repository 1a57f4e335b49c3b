using Crisp.Grpc.Client;
using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// No RPC of any generation is answered with Unimplemented: each is asked with nothing, and says something of its own.
/// That the table they come from is whole is <see cref="RpcProofTests"/>'.
/// </summary>
[TestFixture("crun")]
public class EveryRpcTests(string runtime) : NodeFixture(runtime)
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create<byte[]>(
        (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());

    private static IEnumerable<TestCaseData> Rpcs =>
        RpcProofs.All.SelectMany(proof => proof.Packages, (proof, package) => $"{package}.{proof.Rpc}")
        .Concat(["grpc.health.v1.Health/Check", "grpc.health.v1.Health/List", "grpc.health.v1.Health/Watch"])
        .Select(rpc => new TestCaseData(rpc).SetArgDisplayNames(rpc));

    [TestCaseSource(nameof(Rpcs))]
    public async Task Rpc_IsThere(string rpc)
    {
        var answer = await StatusOfAsync(rpc);

        Assert.That(answer, Is.Not.EqualTo(StatusCode.Unimplemented), rpc);
    }

    /// <summary>Half a field: no message of any generation begins like this.</summary>
    [TestCaseSource(nameof(Rpcs))]
    public async Task Rpc_GivenWhatIsNoMessage_RefusesIt(string rpc)
    {
        var answer = await StatusOfAsync(rpc, 0x0a, 0x7f, 0x01);

        Assert.That(answer, Is.EqualTo(StatusCode.Internal).Or.EqualTo(StatusCode.InvalidArgument), rpc);
        Assert.That((await Cri.Runtime.VersionAsync(new VersionRequest(), CriCalls.Options())).Version,
            Is.EqualTo("0.1.0"), "it lives on");
    }

    [Test]
    public async Task UnknownServicesAndMethods_AreUnimplemented_AsKubeletsProbeForThem()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);

        foreach (var path in new[]
        {
            "runtime.v2.RuntimeService/Version",
            "runtime.v1alpha2.RuntimeService/RuntimeConfig"
        })
        {
            var names = path.Split('/');
            var method = new Method<byte[], byte[]>(MethodType.Unary, names[0], names[1], s_bytes, s_bytes);
            await Refused.WithAsync(StatusCode.Unimplemented, async () =>
                await channel.CreateCallInvoker().AsyncUnaryCall(method, null, CriCalls.Options(), []));
        }
    }

    /// <summary>Of a stream its first message suffices, and one without any within its deadline is there too.</summary>
    private async Task<StatusCode> StatusOfAsync(string rpc, params byte[] request)
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var invoker = channel.CreateCallInvoker();
        var names = rpc.Split('/');
        var type = IsStream(names[1]) ? MethodType.ServerStreaming : MethodType.Unary;
        var method = new Method<byte[], byte[]>(type, names[0], names[1], s_bytes, s_bytes);
        try
        {
            if (type == MethodType.Unary)
            {
                await invoker.AsyncUnaryCall(method, null, CriCalls.Options(), request);
                return StatusCode.OK;
            }

            using var stream =
                invoker.AsyncServerStreamingCall(method, null, CriCalls.Options(TimeSpan.FromSeconds(2)), request);
            await stream.ResponseStream.MoveNext(CancellationToken.None);
            return StatusCode.OK;
        }
        catch (RpcException answer)
        {
            return answer.StatusCode;
        }
    }

    private static bool IsStream(string rpc) =>
        rpc is "GetContainerEvents" or "Watch" || rpc.StartsWith("Stream", StringComparison.Ordinal);
}
