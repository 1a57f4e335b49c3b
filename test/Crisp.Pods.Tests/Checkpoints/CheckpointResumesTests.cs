using Crisp.Errors;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Pods.Tests.Checkpoints;

internal sealed class CheckpointResumesTests : IDisposable
{
    private readonly TemporaryNode _node = new();
    private readonly string _target = Directory.CreateTempSubdirectory("crisp-resumes-").FullName;

    public void Dispose()
    {
        _node.Dispose();
        Directory.Delete(_target, recursive: true);
    }

    [Test]
    public void FailureOfOne_KeepsNoOtherFromRunningOn_AndIsThrown()
    {
        CheckpointWork[] works = [Begin('1'), Begin('2'), Begin('3'), Begin('4')];
        List<char> tried = [];

        var thrown = Assert.ThrowsAsync<IOException>(
            () => CheckpointResumes.LetRunOnAsync(works, ResumeAsync, NullLogger.Instance));

        Assert.That(thrown!.Message, Is.EqualTo("no resume of 2"));
        Assert.That(tried, Is.EqualTo(new[] { '1', '2', '3', '4' }));
        foreach (var work in works)
            work.Dispose();
        Assert.That(works.Select(Stays), Is.EqualTo(new[] { false, true, true, false }),
            "the next daemon resumes those of which there is a directory");
        var refusal = Assert.Throws<CrispException>(
            () => CheckpointWork.Begin(works[1].Container, Path.Combine(_target, "again")))!;
        Assert.That(refusal.Message, Does.Contain("could not be resumed"));

        Task ResumeAsync(CheckpointWork work)
        {
            var name = work.Container.Id[0];
            tried.Add(name);
            return name is '2' or '3'
                ? Task.FromException(new IOException($"no resume of {name}"))
                : Task.CompletedTask;
        }
    }

    private CheckpointWork Begin(char id) => CheckpointWork.Begin(
        _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Running) with { Id = new string(id, 64) }),
        Path.Combine(_target, $"{id}.tar"));

    private static bool Stays(CheckpointWork work) =>
        Directory.Exists(Path.Combine(work.Container.Directory, FileNames.Checkpoint));
}
