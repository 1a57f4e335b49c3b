using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Records;

public sealed class RecordedTests
{
    private TemporaryNode _node = null!; // made by SetUp
    private Pod _pod = null!; // made by SetUp

    [SetUp]
    public void MakePod()
    {
        _node = new TemporaryNode();
        _pod = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
    }

    [TearDown]
    public void RemoveNode() => _node.Dispose();

    [Test]
    public void Change_IsOnDiskAndInTheSnapshot()
    {
        _pod.Change(record => record with { Stage = PodStage.Stopping });
        Assert.That(_pod.Snapshot.Phase, Is.EqualTo(PodPhase.NotReady));
        Assert.That(Stored()?.Stage, Is.EqualTo(PodStage.Stopping));
    }

    [Test]
    public void Change_FunctionThrows_NothingChanges()
    {
        Assert.That(() => _pod.Change(_ => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(Stored()?.Stage, Is.EqualTo(PodStage.Ready));
        Assert.That(_pod.Snapshot.Phase, Is.EqualTo(PodPhase.Ready));
    }

    [Test]
    public void Change_CannotBeWritten_NothingChanges()
    {
        BreakDisk();
        Assert.That(
            () => _pod.Change(record => record with { Stage = PodStage.Stopping }), Throws.InstanceOf<IOException>());
        Assert.That(_pod.Snapshot.Phase, Is.EqualTo(PodPhase.Ready));
    }

    [Test]
    public void Accept_CannotBeWritten_IsShownAllTheSame()
    {
        BreakDisk();
        var error = _pod.Accept(record => record with { Stage = PodStage.Failed });
        Assert.That(error, Is.Not.Null);
        Assert.That(_pod.Snapshot.Phase, Is.EqualTo(PodPhase.NotReady));
    }

    private PodRecord? Stored() =>
        RecordFile.Read(Path.Combine(_node.Layout.Pod(_pod.Id), FileNames.Record), RecordJson.Default.PodRecord);

    private void BreakDisk() => Directory.Delete(_node.Layout.Pod(_pod.Id), recursive: true);
}
