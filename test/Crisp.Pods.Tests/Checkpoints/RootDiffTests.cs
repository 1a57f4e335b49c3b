using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

internal sealed class RootDiffTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisp-diff-").FullName;

    [TearDown]
    public void RemoveDirectory()
    {
        Directory.Delete(_directory, recursive: true);
        if (Directory.Exists(Unpacked))
            Directory.Delete(Unpacked, recursive: true);
    }

    [Test]
    public void Write_TakesFilesLinksAndModes_AndFollowsNothing()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "etc"));
        File.WriteAllText(Path.Combine(_directory, "etc/file"), "content");
        File.SetUnixFileMode(Path.Combine(_directory, "etc/file"), (UnixFileMode)0x1a0);
        File.CreateSymbolicLink(Path.Combine(_directory, "etc/out"), "/etc/shadow");

        var entries = Write().ToDictionary(entry => entry.Name);

        Assert.That(entries.Keys, Is.EqualTo(new[] { "etc/", "etc/file", "etc/out" }));
        Assert.That(entries["etc/file"].Mode, Is.EqualTo((UnixFileMode)0x1a0));
        Assert.That(entries["etc/file"].Length, Is.EqualTo(7));
        Assert.That(entries["etc/out"].EntryType, Is.EqualTo(TarEntryType.SymbolicLink));
        Assert.That(entries["etc/out"].LinkName, Is.EqualTo("/etc/shadow"));
    }

    [Test]
    public async Task Write_IsReadBackWhole([Values("crisp", "GNU tar")] string reader)
    {
        var longName = Path.Combine("a", new string('n', 120), "wörtlich ☃");
        Make(longName, "long");
        Make("plain", "plain");
        File.SetUnixFileMode(At("plain"), (UnixFileMode)0x9ed);
        File.SetLastWriteTimeUtc(At("plain"), DateTime.UnixEpoch.AddTicks(12_345_678_901_234_567));
        File.CreateSymbolicLink(At("link"), new string('t', 130));
        using (var plain = FileDescriptor.Open(At("plain"), OpenFlags.ReadOnly))
            Assert.That(
                plain.TrySetXattr("user.note", [0xff, 0, (byte)'\n', (byte)'=']), "the file system has attributes");
        using (var directory = FileDescriptor.Open(At("a"), OpenFlags.ReadOnly | OpenFlags.Directory))
            directory.TrySetXattr("user.of-a-directory", "yes"u8);
        using (var sparse = File.Create(At("sparse")))
        {
            sparse.Position = 1 << 20;
            sparse.Write("in the middle"u8);
            sparse.SetLength(1L << 30);
        }

        File.Create(At("hole")).Dispose();
        using (var hole = File.OpenWrite(At("hole")))
            hole.SetLength(1L << 30);
        var archive = Archive();

        Directory.CreateDirectory(Unpacked);
        await UnpackAsync(reader, archive);

        Assert.Multiple(() =>
        {
            Assert.That(archive, Has.Length.LessThan(1 << 20), "holes take no room");
            Assert.That(File.ReadAllText(Path.Combine(Unpacked, longName)), Is.EqualTo("long"));
            Assert.That(File.GetUnixFileMode(Path.Combine(Unpacked, "plain")), Is.EqualTo((UnixFileMode)0x9ed));
            Assert.That(File.GetLastWriteTimeUtc(Path.Combine(Unpacked, "plain")),
                Is.EqualTo(File.GetLastWriteTimeUtc(At("plain"))));
            Assert.That(new FileInfo(Path.Combine(Unpacked, "link")).LinkTarget, Is.EqualTo(new string('t', 130)));
            Assert.That(Xattr("plain", "user.note"), Is.EqualTo(new byte[] { 0xff, 0, (byte)'\n', (byte)'=' }));
            Assert.That(Xattr("a", "user.of-a-directory"), Is.EqualTo("yes"u8.ToArray()));
            foreach (var name in (string[])["sparse", "hole"])
            {
                Assert.That(new FileInfo(Path.Combine(Unpacked, name)).Length, Is.EqualTo(1L << 30), name);
                Assert.That(FileStatus.Of(Path.Combine(Unpacked, name))!.Blocks * 512, Is.LessThan(1 << 20), name);
            }

            using var sparse = File.OpenRead(Path.Combine(Unpacked, "sparse"));
            sparse.Position = 1 << 20;
            var middle = new byte[13];
            sparse.ReadExactly(middle);
            Assert.That(middle, Is.EqualTo("in the middle"u8.ToArray()));
        });
    }

    [Test]
    public void Write_LeavesOverlaysOwnAttributesBehind()
    {
        Make("file", "x");
        using (var file = FileDescriptor.Open(At("file"), OpenFlags.ReadOnly))
            Assert.That(file.TrySetXattr("user.overlay.redirect", "/etc"u8), "the file system has attributes");

        Assert.That(Encoding.Latin1.GetString(Archive()), Does.Not.Contain("redirect"));
    }

    private string Unpacked => _directory + "-unpacked";

    private string At(string name) => Path.Combine(_directory, name);

    private void Make(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!); // it lies in the directory
        File.WriteAllText(At(name), content);
    }

    private byte[]? Xattr(string name, string xattr)
    {
        using var file = FileDescriptor.Open(Path.Combine(Unpacked, name), OpenFlags.ReadOnly);
        return file.TryGetXattr(xattr, 64);
    }

    private async Task UnpackAsync(string reader, byte[] archive)
    {
        if (reader == "crisp")
        {
            await ArchiveUnpacking.UnpackAsync(new MemoryStream(archive), Unpacked, CancellationToken.None);
            return;
        }

        await File.WriteAllBytesAsync(Path.Combine(Unpacked, "diff.tar"), archive);
        using var tar = Process.Start(
            "tar", ["--xattrs", "--xattrs-include=user.*", "-xpf", Path.Combine(Unpacked, "diff.tar"), "-C", Unpacked]);
        await tar.WaitForExitAsync();
        Assert.That(tar.ExitCode, Is.Zero);
    }

    private byte[] Archive()
    {
        using var content = new MemoryStream();
        using (var archive = new PaxArchive(content))
            new RootDiff(_directory, archive).Write();
        return content.ToArray();
    }

    private List<TarEntry> Write()
    {
        using var reader = new TarReader(new MemoryStream(Archive()));
        List<TarEntry> entries = [];
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add(entry);
        return entries;
    }
}
