using Crisp.Grpc.Client;
using Crisp.Node.Tests.Containers;
using Crisp.Testing.Images;
using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;
using L = Runtime.Legacy;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// What a kubelet of 1.6 to 1.9 asks of package runtime: v1alpha2's numbers under the first API's name, with booleans
/// for namespaces, which v1alpha2's classes write as 1.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class LaterLayoutTests(string runtime) : NodeFixture(runtime)
{
    private const A2.NamespaceMode True = A2.NamespaceMode.Container;

    [Test]
    public async Task Pod_AsKubelet18AsksForIt()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var status = await CallAsync(channel, "Status", new A2.StatusRequest(), A2.StatusResponse.Parser);
        Assert.That(status.Status.Conditions.Select(condition => condition.Status), Is.EqualTo(new[] { true, true }));
        var pulled = await CallAsync(
            channel, "PullImage", new A2.PullImageRequest { Image = new A2.ImageSpec { Image = Busybox } },
            A2.PullImageResponse.Parser, "ImageService");
        Assert.That(pulled.ImageRef, Is.EqualTo(StandardImages.Busybox.Id), "1.6 and later insist on it");

        var wanted = PodRequest.Of(Node);
        var pod = A2.PodSandboxConfig.Parser.ParseFrom(wanted.ToByteArray());
        pod.Linux.SecurityContext.NamespaceOptions = new A2.NamespaceOption { Network = True };
        var podId = (await CallAsync(
            channel, "RunPodSandbox", new A2.RunPodSandboxRequest { Config = pod }, A2.RunPodSandboxResponse.Parser))
                .PodSandboxId;
        var container = A2.ContainerConfig.Parser.ParseFrom(
            ContainerRequest.Of(wanted, pulled.ImageRef, "sleep", "1000").ToByteArray());
        container.Linux.SecurityContext.NamespaceOptions = pod.Linux.SecurityContext.NamespaceOptions;
        var id = (await CallAsync(
            channel, "CreateContainer",
            new A2.CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod },
            A2.CreateContainerResponse.Parser)).ContainerId;
        await Cri.StartAsync(id);

        Assert.That(
            await Cri.OutputAsync(id, "readlink", "/proc/self/ns/net"),
            Is.EqualTo(new FileInfo("/proc/self/ns/net").LinkTarget));
        var seen = await CallAsync(
            channel, "PodSandboxStatus", new A2.PodSandboxStatusRequest { PodSandboxId = podId, Verbose = true },
            A2.PodSandboxStatusResponse.Parser);
        Assert.That(seen.Status.Linux.Namespaces.Options, Is.EqualTo(pod.Linux.SecurityContext.NamespaceOptions));
        Assert.That(seen.Info, Is.Not.Empty);
        var ready = await CallAsync(
            channel, "ListPodSandbox",
            new A2.ListPodSandboxRequest
            {
                Filter = new A2.PodSandboxFilter
                {
                    State = new A2.PodSandboxStateValue { State = A2.PodSandboxState.SandboxReady }
                },
            },
            A2.ListPodSandboxResponse.Parser);
        Assert.That(ready.Items.Select(item => item.Id), Is.EqualTo(new[] { podId }));
    }

    [Test]
    public async Task Status_FollowsTheNetwork()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        Node.Network.Remove();
        try
        {
            await Eventually.GetAsync("the network is missed", () => NetworkReadyAsync(channel), ready => !ready);
        }
        finally
        {
            await Node.Network.ConfigureAsync();
        }

        await Eventually.GetAsync("the network is back", () => NetworkReadyAsync(channel), ready => ready);
    }

    [Test]
    public async Task Stats_AreOfTheContainerThatIsNamed()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var pod = await RunPlainPodAsync();
        var first = await RunSleeperAsync(pod);
        var second = await RunSleeperAsync(await RunPlainPodAsync());

        foreach (var id in new[] { first, second })
            Assert.That(
                (await CallAsync(channel, "ContainerStats",
                    new A2.ContainerStatsRequest { ContainerId = id }, A2.ContainerStatsResponse.Parser))
                    .Stats.Attributes.Id,
                Is.EqualTo(id));
        Assert.That(await ListedAsync(channel, null), Is.EquivalentTo(new[] { first, second }));
        Assert.That(await ListedAsync(channel, new A2.ContainerStatsFilter { PodSandboxId = pod.Id }),
            Is.EqualTo(new[] { first }));
        Assert.That(await ListedAsync(channel, new A2.ContainerStatsFilter { PodSandboxId = "nobody" }), Is.Empty);
    }

    [Test]
    public async Task UpdateContainerResources_ChangesTheCgroup()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var id = await RunSleeperAsync(await RunPlainPodAsync());
        var before = MemoryLimit(id);

        await CallAsync(
            channel, "UpdateContainerResources", Update(id, 96 << 20), A2.UpdateContainerResourcesResponse.Parser);

        Assert.That((before, MemoryLimit(id)), Is.EqualTo(($"{128 << 20}", $"{96 << 20}")));
    }

    [Test]
    public async Task ImageFsInfo_GrowsWithAPull()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var noise = new byte[4 << 20];
        new Random(3).NextBytes(noise);
        var name = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig(), new TestLayer().File("noise", noise).Gzip()), "test/more-noise", "1");
        var before = await UsedAsync(channel);

        await Cri.PullAsync(name);

        Assert.That(await UsedAsync(channel), Is.GreaterThanOrEqualTo(before + (4 << 20)));
    }

    [Test]
    public async Task WhatIsUnknown_IsRefused()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);

        await Refused.WithAsync(
            StatusCode.NotFound,
            () => CallAsync(channel, "ContainerStats",
                new A2.ContainerStatsRequest { ContainerId = "nobody" }, A2.ContainerStatsResponse.Parser),
            "nobody");
        await Refused.WithAsync(
            StatusCode.NotFound,
            () => CallAsync(channel, "UpdateContainerResources",
                Update("nobody", 96 << 20), A2.UpdateContainerResourcesResponse.Parser), "nobody");
    }

    /// <summary>
    /// A request that begins as 1.5 has it and goes on as 1.6 does: half of it would be misread either way.
    /// </summary>
    [Test]
    public async Task LayoutsThatAreMixed_AreRefused_AndNothingIsMade()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var pod = await RunPlainPodAsync();
        var old = new L.ContainerConfig { Metadata = new L.ContainerMetadata { Name = "mixed" }, Privileged = true };
        var later = new A2.ContainerConfig { LogPath = "mixed/0.log" }.ToByteArray();
        var mixed = new L.CreateContainerRequest
        {
            PodSandboxId = pod.Id,
            Config = L.ContainerConfig.Parser.ParseFrom([.. old.ToByteArray(), .. later])
        };

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CallAsync(channel,
                "CreateContainer", mixed, A2.CreateContainerResponse.Parser), "mixes the layout of Kubernetes 1.5");

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    /// <summary>1.5's labels stand where v1 has devices: what is one in the old words is none in the new.</summary>
    [Test]
    public async Task ContainerOfTheFirstLayout_AskedOfV1_IsRefused_AndNothingIsMade()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var pod = await RunPlainPodAsync();
        var old = new L.CreateContainerRequest
        {
            PodSandboxId = pod.Id,
            Config = LegacyWords.Container(Container(pod, "sleep", "1000"))
        };

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CallAsync(channel, "CreateContainer", old, A2.CreateContainerResponse.Parser, "v1.RuntimeService"),
            "devices");

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private static async Task<bool> NetworkReadyAsync(UnixSocketChannel channel) =>
        (await CallAsync(channel, "Status", new A2.StatusRequest(), A2.StatusResponse.Parser))
            .Status.Conditions.Single(condition => condition.Type == "NetworkReady").Status;

    private static async Task<IEnumerable<string>> ListedAsync(
        UnixSocketChannel channel, A2.ContainerStatsFilter? filter) =>
        (await CallAsync(channel, "ListContainerStats",
            new A2.ListContainerStatsRequest { Filter = filter }, A2.ListContainerStatsResponse.Parser))
            .Stats.Select(stats => stats.Attributes.Id);

    private static async Task<ulong> UsedAsync(UnixSocketChannel channel) =>
        (await CallAsync(
            channel, "ImageFsInfo", new A2.ImageFsInfoRequest(), A2.ImageFsInfoResponse.Parser, "ImageService"))
            .ImageFilesystems.Single().UsedBytes.Value;

    private static A2.UpdateContainerResourcesRequest Update(string id, long memoryLimitBytes) => new()
    {
        ContainerId = id, Linux = new A2.LinuxContainerResources { MemoryLimitInBytes = memoryLimitBytes },
    };

    private string MemoryLimit(string id) =>
        ContainerCgroup.Read(Node, id, "memory", "memory.limit_in_bytes", "memory.max");

    private static async Task<T> CallAsync<T>(
        UnixSocketChannel channel,
        string rpc, IMessage request, MessageParser<T> parser, string service = "RuntimeService")
        where T : IMessage<T>
    {
        var bytes = Marshallers.Create<byte[]>(
            (message, context) => context.Complete(message), context => context.PayloadAsNewBuffer());
        var method = new Method<byte[], byte[]>(MethodType.Unary, $"runtime.{service}", rpc, bytes, bytes);
        return parser.ParseFrom(
            await channel.CreateCallInvoker().AsyncUnaryCall(method, null, CriCalls.Options(), request.ToByteArray()));
    }
}
