using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class EventsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Events_ComeOneAfterTheOther()
    {
        _node.Runtime.Events.Add(new ContainerEventResponse
        {
            ContainerId = "c", ContainerEventType = ContainerEventType.ContainerStartedEvent, CreatedAt = 1_000_000_000,
        });
        _node.Runtime.Events.Add(new ContainerEventResponse
        {
            ContainerId = "c", ContainerEventType = ContainerEventType.ContainerStoppedEvent, CreatedAt = 2_000_000_000,
        });
        Assert.That((await _node.RunAsync("events")).Output,
            Does.Contain("CONTAINER_STARTED_EVENT").And.Contain("CONTAINER_STOPPED_EVENT"));
        Assert.That((await _node.RunAsync("events", "-o", "table")).Lines, Is.EqualTo(new[]
        {
            "1970-01-01T00:00:01Z   ContainerStartedEvent   c",
            "1970-01-01T00:00:02Z   ContainerStoppedEvent   c",
        }));
    }
}
