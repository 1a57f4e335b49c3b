using Crisp.Errors;
using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

internal sealed class CheckpointTargetTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisp-target-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void WithoutACommit_NothingIsLeft()
    {
        using (var target = CheckpointTarget.Create(Path.Combine(_directory, "a.tar")))
            target.Content.WriteByte(1);
        Assert.That(Directory.GetFileSystemEntries(_directory), Is.Empty);
    }

    [Test]
    public void Committed_HasItsNameAndItsContentForRootAlone()
    {
        var path = Path.Combine(_directory, "a.tar");
        using (var target = CheckpointTarget.Create(path))
        {
            target.Content.WriteByte(7);
            target.Commit();
        }

        Assert.That(Directory.GetFileSystemEntries(_directory), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 7 }));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void MoreThanTheDiskHas_IsRefused()
    {
        using var target = CheckpointTarget.Create(Path.Combine(_directory, "a.tar"));
        var refusal = Assert.Throws<CrispException>(() => target.RequireRoom(ulong.MaxValue, _directory));
        Assert.That(refusal?.Kind, Is.EqualTo(ErrorKind.ResourceExhausted));
    }
}
