using Crisp.Linux;
using Crisp.Monitor.Log;

namespace Crisp.Monitor.Tests.Log;

public sealed class LogFileTests
{
    private string _directory = null!; // set before each test

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("crisp-log-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Open_RelativePath_MakesItsDirectories()
    {
        using (var file = new LogFile(_directory, "name/0.log", maxBytes: 0))
            file.Append("one\n"u8);
        using (var file = new LogFile(_directory, "name/0.log", maxBytes: 0))
            file.Append("two\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/name/0.log"), Is.EqualTo("one\ntwo\n"));
    }

    [TestCase("../escape.log")]
    [TestCase("a/../../escape.log")]
    [TestCase("/etc/escape.log")]
    [TestCase("link/0.log")]
    [TestCase("loglink")]
    public void Open_PathThatLeads_Elsewhere_IsRefused(string path)
    {
        Directory.CreateSymbolicLink($"{_directory}/link", "/tmp");
        File.CreateSymbolicLink($"{_directory}/loglink", "/tmp/crisp-not-made.log");
        Assert.That(() => new LogFile(_directory, path, 0), Throws.TypeOf<SyscallException>());
        Assert.That(File.Exists("/tmp/crisp-not-made.log"), Is.False);
    }

    [Test]
    public void Reopen_AfterRename_GoesOnInANewFile()
    {
        using var file = new LogFile(_directory, "0.log", maxBytes: 0);
        file.Append("one\n"u8);
        File.Move($"{_directory}/0.log", $"{_directory}/0.log.1");
        file.Append("two\n"u8);
        file.Reopen();
        file.Append("three\n"u8);
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText($"{_directory}/0.log.1"), Is.EqualTo("one\ntwo\n"));
            Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("three\n"));
        });
    }

    [Test]
    public void Append_PastTheLimit_BeginsAnew()
    {
        using var file = new LogFile(_directory, "0.log", maxBytes: 10);
        file.Append("one\n"u8);
        file.Append("two\n"u8);
        file.Append("three\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("three\n"));
    }

    [Test]
    public void Append_ManyRecordsAtOnce_PastTheLimit_KeepsTheLast()
    {
        using var file = new LogFile(_directory, "0.log", maxBytes: 10);
        file.Append("one\ntwo\nthree\nfour\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("four\n"));
        file.Append("five\nsix\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("six\n"), "five had just room, six had not");
    }

    [Test]
    public void Append_ARecordAboveTheLimit_IsThereAlone()
    {
        using var file = new LogFile(_directory, "0.log", maxBytes: 10);
        file.Append("one\nlarger than the limit\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("larger than the limit\n"));
        file.Append("two\n"u8);
        Assert.That(File.ReadAllText($"{_directory}/0.log"), Is.EqualTo("two\n"));
    }

    [Test]
    public async Task Append_DiskFull_LosesWholeRecords_AndGoesOnLater()
    {
        if (Environment.UserName != "root")
            Assert.Fail("needs root, to mount a small disk");
        await NamespaceThread.RunAsync(NamespaceKinds.Mount, () =>
        {
            Mounts.MakePrivate("/", recursive: true);
            Mounts.Mount("tmpfs", "tmpfs", _directory, MountFlags.None, "size=64k");
            using var file = new LogFile(_directory, "0.log", maxBytes: 0);
            byte[] record = [.. Enumerable.Repeat((byte)'x', 999), (byte)'\n'];
            byte[] records = [.. Enumerable.Repeat(record, 50).SelectMany(bytes => bytes)];
            file.Append(records);
            file.Append(records);
            Assert.That((file.LostRecords, file.LastError), Is.EqualTo((35L, Errno.ENOSPC)));
            long size = new FileInfo($"{_directory}/0.log").Length;
            Assert.That(size, Is.GreaterThan(50_000).And.EqualTo(size / 1000 * 1000));
            file.Append("last\n"u8);
            Assert.That(File.ReadAllText($"{_directory}/0.log"), Does.EndWith("x\nlast\n"));
            Mounts.Unmount(_directory, detach: true);
        });
    }
}
