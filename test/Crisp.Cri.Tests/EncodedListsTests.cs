using Crisp.Cri.Messages;
using Crisp.Cri.Tests.Fakes;
using Crisp.Pods;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Runtime.V1;

namespace Crisp.Cri.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EncodedListsTests
{
    private static readonly MessageDescriptor[] s_lists =
        [ListContainersResponse.Descriptor, ListPodSandboxResponse.Descriptor];

    private readonly Exchanges _v1 = new();
    private readonly BoundMethods _bound = new();

    [SetUp]
    public void SetUp() =>
        global::Runtime.V1.RuntimeService.BindService(new EncodedLists(_bound), new CannedRuntime(_v1));

    [TestCaseSource(nameof(s_lists))]
    public void List_IsItsItemsAndNothingElse(MessageDescriptor list)
    {
        var field = list.Fields.InDeclarationOrder().Single();
        Assert.That(
            (field.FieldNumber, field.IsRepeated, field.FieldType),
            Is.EqualTo((ListItems.FieldNumber, true, FieldType.Message)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300)]
    public async Task ListContainers_IsTheSameOnTheWire(int count)
    {
        var items = Enumerable.Range(0, count).Select(n => ListItems.Of(Snapshots.Container($"c{n}")));
        var list = new ListContainersResponse { Containers = { items } };

        Assert.That(await AnswerAsync("ListContainers", list), Is.EqualTo(list.ToByteArray()));
        Assert.That(await AnswerAsync("ListContainers", list), Is.EqualTo(list.ToByteArray()), "a second time");
    }

    [Test]
    public async Task ListPodSandbox_IsTheSameOnTheWire()
    {
        var config = new PodSandboxConfig { Annotations = { ["large"] = new string('x', 100_000) } };
        var large = Snapshots.Pod("bb22") with { Config = config };
        var list = new ListPodSandboxResponse
        {
            Items = { ListItems.Of(Snapshots.Pod()), ListItems.Of(large), new PodSandbox() },
        };

        Assert.That(await AnswerAsync("ListPodSandbox", list), Is.EqualTo(list.ToByteArray()));
    }

    [Test]
    public async Task OtherMethods_AreAsTheyWere()
    {
        var version = new VersionResponse { Version = "0.1.0" };

        Assert.That(await AnswerAsync("Version", version), Is.EqualTo(version.ToByteArray()));
    }

    [Test]
    public void Item_IsMadeAnewForANewSnapshot()
    {
        var running = Snapshots.Container();
        var exited = running with { Phase = ContainerPhase.Exited };

        var first = ListItems.Of(running);
        Assert.That(ListItems.Of(running), Is.SameAs(first));
        Assert.That(
            (first.State, ListItems.Of(exited).State),
            Is.EqualTo((ContainerState.ContainerRunning, ContainerState.ContainerExited)));
    }

    private Task<byte[]> AnswerAsync(string method, IMessage answer)
    {
        _v1.WillAnswer(answer);
        return _bound.CallAsync($"/runtime.v1.RuntimeService/{method}", Array.Empty<byte>());
    }
}
