using Crisp.Grpc.Client;
using Crisp.Testing.Images;
using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// What a kubelet of 1.6 to 1.9 asks of package runtime: v1alpha2's numbers under the first API's name, with booleans for
/// namespaces, which v1alpha2's classes write as 1.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class LaterLayoutTests(string runtime) : NodeFixture(runtime)
{
    private const A2.NamespaceMode True = A2.NamespaceMode.Container;

    [Test]
    public async Task Pod_AsKubelet18AsksForIt()
    {
        using UnixSocketChannel channel = new(Node.SocketPath);
        A2.StatusResponse status = await CallAsync(channel, "Status", new A2.StatusRequest(), A2.StatusResponse.Parser);
        Assert.That(status.Status.Conditions.Select(condition => condition.Status), Is.EqualTo(new[] { true, true }));
        A2.PullImageResponse pulled = await CallAsync(
            channel, "PullImage", new A2.PullImageRequest { Image = new A2.ImageSpec { Image = Busybox } }, A2.PullImageResponse.Parser, "ImageService");
        Assert.That(pulled.ImageRef, Is.EqualTo(StandardImages.Busybox.Id), "1.6 and later insist on it");

        PodSandboxConfig wanted = PodRequest.Of(Node);
        A2.PodSandboxConfig pod = A2.PodSandboxConfig.Parser.ParseFrom(wanted.ToByteArray());
        pod.Linux.SecurityContext.NamespaceOptions = new A2.NamespaceOption { Network = True };
        string podId = (await CallAsync(
            channel, "RunPodSandbox", new A2.RunPodSandboxRequest { Config = pod }, A2.RunPodSandboxResponse.Parser)).PodSandboxId;
        A2.ContainerConfig container = A2.ContainerConfig.Parser.ParseFrom(
            ContainerRequest.Of(wanted, pulled.ImageRef, "sleep", "1000").ToByteArray());
        container.Linux.SecurityContext.NamespaceOptions = pod.Linux.SecurityContext.NamespaceOptions;
        string id = (await CallAsync(
            channel, "CreateContainer",
            new A2.CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod },
            A2.CreateContainerResponse.Parser)).ContainerId;
        await Cri.StartAsync(id);

        Assert.That(
            await Cri.OutputAsync(id, "readlink", "/proc/self/ns/net"), Is.EqualTo(new FileInfo("/proc/self/ns/net").LinkTarget));
        A2.PodSandboxStatusResponse seen = await CallAsync(
            channel, "PodSandboxStatus", new A2.PodSandboxStatusRequest { PodSandboxId = podId, Verbose = true }, A2.PodSandboxStatusResponse.Parser);
        Assert.That(seen.Status.Linux.Namespaces.Options, Is.EqualTo(pod.Linux.SecurityContext.NamespaceOptions));
        Assert.That(seen.Info, Is.Not.Empty);
        A2.ListPodSandboxResponse ready = await CallAsync(
            channel, "ListPodSandbox",
            new A2.ListPodSandboxRequest
            {
                Filter = new A2.PodSandboxFilter { State = new A2.PodSandboxStateValue { State = A2.PodSandboxState.SandboxReady } },
            },
            A2.ListPodSandboxResponse.Parser);
        Assert.That(ready.Items.Select(item => item.Id), Is.EqualTo(new[] { podId }));
    }

    private static async Task<T> CallAsync<T>(
        UnixSocketChannel channel, string rpc, IMessage request, MessageParser<T> parser, string service = "RuntimeService")
        where T : IMessage<T>
    {
        Marshaller<byte[]> bytes = Marshallers.Create<byte[]>(
            (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());
        Method<byte[], byte[]> method = new(MethodType.Unary, $"runtime.{service}", rpc, bytes, bytes);
        return parser.ParseFrom(
            await channel.CreateCallInvoker().AsyncUnaryCall(method, null, CriCalls.Options(), request.ToByteArray()));
    }
}
