using Crisp.Pods.Records;
using Crisp.Pods.Recovery;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Recovery;

public sealed class StoredObjectsTests
{
    private TemporaryNode _node = null!; // made by SetUp

    [SetUp]
    public void MakeNode() => _node = new TemporaryNode();

    [TearDown]
    public void RemoveNode() => _node.Dispose();

    [Test]
    public void Read_NothingThere_IsEmpty()
    {
        Assert.That(new StoredObjects(_node.State).ReadPods(), Is.Empty);
        Assert.That(new StoredObjects(_node.State).ReadContainers(), Is.Empty);
    }

    [Test]
    public void Read_WhatWasWritten()
    {
        _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
        _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Running));
        var stored = new StoredObjects(_node.State);
        Assert.That(stored.ReadPods().Single().Config.Metadata.Name, Is.EqualTo("p"));
        Assert.That(stored.ReadContainers().Single().Config.Metadata.Name, Is.EqualTo("c"));
    }

    [Test]
    public void Read_HalfMade_IsLeftToTheCleaners()
    {
        _node.WritePod(TemporaryNode.PodRecord(PodStage.Creating));
        _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Creating));
        var stored = new StoredObjects(_node.State);
        Assert.That(stored.ReadPods(), Is.Empty);
        Assert.That(stored.ReadContainers(), Is.Empty);
    }

    [TestCase(FileNames.Record)]
    [TestCase(FileNames.Request)]
    public void Read_TornFile_IsLeftToTheCleaners(string file)
    {
        var id = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready)).Id;
        File.WriteAllBytes(Path.Combine(_node.Layout.Pod(id), file), new byte[20]);
        Assert.That(new StoredObjects(_node.State).ReadPods(), Is.Empty);
    }

    [Test]
    public void Read_RecordOfAnotherObject_IsLeftToTheCleaners()
    {
        var id = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready)).Id;
        Directory.Move(_node.Layout.Pod(id), _node.Layout.Pod(new string('b', 64)));
        Assert.That(new StoredObjects(_node.State).ReadPods(), Is.Empty);
    }
}
