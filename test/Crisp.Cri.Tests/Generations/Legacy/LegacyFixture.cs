using Crisp.Cri.Generations.Legacy;
using Crisp.Cri.Tests.Fakes;
using Crisp.Pods;
using Google.Protobuf;

namespace Crisp.Cri.Tests.Generations.Legacy;

/// <summary>The first API over a v1 that answers what it is told to, for one pod and one container.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class LegacyFixture
{
    private protected Exchanges V1 { get; } = new();

    private protected RecordedLog Log { get; } = new();

    private protected BoundMethods Legacy { get; private set; } = new();

    [SetUp]
    public void SetUp() => Serve(new LegacyOptions());

    private protected void Serve(LegacyOptions options)
    {
        Legacy = new BoundMethods();
        var pods = new FakePods(Snapshots.Pod("pod1") with { NetNsPath = "/run/netns/pod1" });
        var containers = new FakeContainers(Snapshots.Container("ctr1"), WithTerminal(Snapshots.Container("tty1")));
        new LegacyServices(new CannedRuntime(V1), new CannedImages(V1), pods, containers, options, Log).BindTo(Legacy);
    }

    private protected Task<byte[]> RuntimeAsync(string rpc, IMessage request, string from = "unix:pid:1") =>
        Legacy.CallAsync($"/runtime.RuntimeService/{rpc}", request, from);

    private protected Task<byte[]> ImagesAsync(string rpc, IMessage request, string from = "unix:pid:1") =>
        Legacy.CallAsync($"/runtime.ImageService/{rpc}", request, from);

    private protected T Asked<T>()
        where T : IMessage => (T)V1.Request!; // set by the call before

    private static ContainerSnapshot WithTerminal(ContainerSnapshot container)
    {
        container.Config.Tty = true;
        return container;
    }
}
