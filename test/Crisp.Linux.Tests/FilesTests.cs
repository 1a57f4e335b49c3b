namespace Crisp.Linux.Tests;

public sealed class FilesTests
{
    private string _directory = null!; // set before each test

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("crisp-files-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void AtomicWrite_Replaces_WithTheModeAskedFor_AndLeavesNothingElse()
    {
        var path = $"{_directory}/record.json";
        AtomicFile.Write(path, "old"u8);
        AtomicFile.Write(path, "new"u8, mode: 0x1b6, sync: true); // 0666
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
            Assert.That(FileStatus.Of(path)!.Mode & 0x1ff, Is.EqualTo(0x1b6));
            Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void AtomicWrite_TargetIsADirectory_FailsAndLeavesNothing()
    {
        Directory.CreateDirectory($"{_directory}/x/y");
        Assert.That(() => AtomicFile.Write($"{_directory}/x", "new"u8), Throws.TypeOf<SyscallException>());
        Assert.That(Directory.GetFileSystemEntries(_directory), Has.Length.EqualTo(1));
    }

    [Test]
    public void Lock_HeldTwice_SecondIsNull_UntilTheFirstIsClosed()
    {
        var path = $"{_directory}/lock";
        using (var first = FileLock.TryLockExclusive(path))
        {
            Assert.That(first, Is.Not.Null);
            Assert.That(FileLock.TryLockExclusive(path), Is.Null);
        }

        using var again = FileLock.TryLockExclusive(path);
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void MoveToFileHandle_GivesTheFileAway()
    {
        var file = FileDescriptor.Open($"{_directory}/f", OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        using (var stream = new FileStream(file.MoveToFileHandle(), FileAccess.ReadWrite))
            stream.WriteByte(1);
        Assert.That(file.IsClosed);
        Assert.That(() => file.MoveToFileHandle(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(new FileInfo($"{_directory}/f").Length, Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Inotify_RenameIntoPlace_IsSeen(CancellationToken ct)
    {
        using var loop = EventLoop.Start();
        using var watch = InotifyWatch.Open(_directory, InotifyEvents.ContentChanged);
        AtomicFile.Write($"{_directory}/x", "1"u8);
        await foreach (var change in watch.ReadAsync(loop, ct))
        {
            if (change is { Name: "x" })
            {
                Assert.That(change.Events, Is.EqualTo(InotifyEvents.MovedTo));
                return;
            }
        }
    }
}
