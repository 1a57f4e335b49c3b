using System.Text;
using Crisp.Images.Tests.Fakes;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Tests.Layers;

public sealed class LayerUnpackerTests : UnpackFixture
{
    [Test]
    public void Files_KeepModeOwnerAndTime()
    {
        var content = Unpack(
            new TarBuilder().Directory("d/", 0x3ff, 7, 8).File("d/f", "text", 0x9ed, 1000, 70000).Build());
        var file = FileStatus.Of($"{Diff}/d/f");
        var directory = FileStatus.Of($"{Diff}/d");
        Assert.Multiple(() =>
        {
            Assert.That(file?.Mode & 0xfff, Is.EqualTo(0x9ed)); // 04755
            Assert.That((file?.Uid, file?.Gid), Is.EqualTo((1000, 70000)));
            Assert.That(directory?.Mode & 0xfff, Is.EqualTo(0x3ff)); // 01777
            Assert.That((directory?.Uid, directory?.Gid), Is.EqualTo((7, 8)));
            Assert.That(
                File.GetLastWriteTimeUtc($"{Diff}/d/f"), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1_000_000_000)));
            Assert.That(
                Directory.GetLastWriteTimeUtc($"{Diff}/d"), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1_000_000_000)));
            Assert.That(content.Bytes, Is.EqualTo(4));
        });
    }

    [Test]
    public void DiffId_IsThatOfTheWholeArchive()
    {
        byte[] tar = [.. TarBuilder.Of(("a", "1")), .. new byte[10240]];
        Assert.That(Unpack(tar).DiffId, Is.EqualTo(Digest.Sha256Of(tar)));
    }

    /// <summary>`umoci insert` ends an archive with the last byte of the last file.</summary>
    [Test]
    public void Archive_WithoutPaddingAndEnd_IsWhole()
    {
        Unpack(TarBuilder.Of(("a", "text"))[..(512 + 4)]);
        Assert.That(File.ReadAllText($"{Diff}/a"), Is.EqualTo("text"));
    }

    [Test]
    public void LongNames_OfPaxAndGnu()
    {
        var pax = string.Join('/', Enumerable.Repeat(new string('p', 200), 8));
        var gnu = string.Join('/', Enumerable.Repeat(new string('g', 200), 8));
        Unpack(new TarBuilder()
            .Pax(("path", pax), ("mtime", "1500000000.5")).File("short", "pax")
            .Entry("././@LongLink", 'L', Encoding.UTF8.GetBytes(gnu + "\0")).File("short", "gnu")
            .Entry("././@LongLink", 'K', Encoding.UTF8.GetBytes(pax + "\0")).Symlink("link", "x").Build());
        Assert.That(File.ReadAllText($"{Diff}/{pax}"), Is.EqualTo("pax"));
        Assert.That(File.ReadAllText($"{Diff}/{gnu}"), Is.EqualTo("gnu"));
        Assert.That(new FileInfo($"{Diff}/link").LinkTarget, Is.EqualTo(pax));
        Assert.That(
            File.GetLastWriteTimeUtc($"{Diff}/{pax}"), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1_500_000_000.5)));
    }

    [Test]
    public void Names_ThatAreNotUtf8_StayAsTheyAre()
    {
        Unpack(new TarBuilder().Entry("x", '0', [], patch: header => header[0] = 0xe9).Build());
        Assert.That(External.Run("ls", ["-b", Diff]), Is.EqualTo("\\351\n"u8.ToArray()));
    }

    [Test]
    public void Links_AreMade()
    {
        Unpack(new TarBuilder().File("a", "1")
            .HardLink("b", "a").HardLink("c", "/a").Symlink("s", "/etc/passwd").HardLink("t", "s").Build());
        Assert.That(FileStatus.Of($"{Diff}/a")?.Links, Is.EqualTo(3));
        Assert.That(new FileInfo($"{Diff}/t").LinkTarget, Is.EqualTo("/etc/passwd"));
    }

    [Test]
    public void Devices_AreMade()
    {
        Unpack(new TarBuilder().Entry("null", '3', [], mode: 0x1b6, major: 1, minor: 3)
            .Entry("big", '4', [], major: 259, minor: 70000).Entry("fifo", '6', []).Build());
        var big = FileStatus.Of($"{Diff}/big");
        Assert.That(FileStatus.Of($"{Diff}/null")?.Special, Is.EqualTo((1u, 3u)));
        Assert.That(FileStatus.Of($"{Diff}/null")?.Mode & 0xfff, Is.EqualTo(0x1b6));
        Assert.That((big?.IsBlockDevice, big?.Special), Is.EqualTo((true, (259u, 70000u))));
        Assert.That(FileStatus.Of($"{Diff}/fifo")?.Mode & 0xf000, Is.EqualTo(0x1000));
    }

    [Test]
    public void Whiteouts_BecomeDevicesAndAttributes()
    {
        Unpack(new TarBuilder().Directory("d")
            .File("d/.wh.gone").File("opaque/.wh..wh..opq").File("opaque/new", "n").File(".wh..wh.plnk/x").Build());
        var gone = FileStatus.Of($"{Diff}/d/gone");
        Assert.That((gone?.IsCharacterDevice, gone?.Special), Is.EqualTo((true, (0u, 0u))));
        Assert.That(Xattr("opaque", "trusted.overlay.opaque"), Is.EqualTo("y"u8.ToArray()));
        Assert.That(File.Exists($"{Diff}/opaque/new"));
    }

    [Test]
    public void Whiteouts_SpareWhatTheLayerItselfHas([Values] bool before)
    {
        var tar = new TarBuilder();
        if (before) tar.File(".wh.d").File(".wh.f");
        tar.Directory("d").File("d/x", "x").File("f", "new");
        if (!before) tar.File(".wh.d").File(".wh.f");
        Unpack(tar.Build());
        Assert.That(File.ReadAllText($"{Diff}/f"), Is.EqualTo("new"));
        Assert.That(File.Exists($"{Diff}/d/x"));
        Assert.That(Xattr("d", "trusted.overlay.opaque"), Is.EqualTo("y"u8.ToArray()));
    }

    [Test]
    public void Xattrs_CapabilitiesYes_OrdersToOverlayNo()
    {
        byte[] capability = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Unpack(new TarBuilder()
            .PaxBytes([
                .. TarBuilder.Record("SCHILY.xattr.security.capability", capability),
                .. TarBuilder.Record("SCHILY.xattr.trusted.overlay.redirect", "/etc"u8.ToArray()),
                .. TarBuilder.Record("SCHILY.xattr.security.selinux", "x"u8.ToArray())])
            .File("ping", "x", 0x1ed, 5, 5).Build());
        Assert.That(Xattr("ping", "security.capability"), Is.EqualTo(capability));
        Assert.That(Xattr("ping", "trusted.overlay.redirect"), Is.Null);
        Assert.That(Xattr("ping", "security.selinux"), Is.Null);
    }

    [Test]
    public void LaterEntries_ReplaceEarlierOnes()
    {
        Unpack(new TarBuilder()
            .Directory("a").File("a/b/c").File("a", "file").File("b", "file").Directory("b").File("b/x", "1")
            .Symlink("l", "b").Directory("l").File("l/y", "2").Build());
        Assert.That(File.ReadAllText($"{Diff}/a"), Is.EqualTo("file"));
        Assert.That(File.Exists($"{Diff}/b/x"));
        Assert.That(new FileInfo($"{Diff}/l").LinkTarget, Is.Null);
        Assert.That(File.Exists($"{Diff}/b/y"), Is.False);
    }

    [TestCase("gnu", "")]
    [TestCase("posix", "0.0")]
    [TestCase("posix", "0.1")]
    [TestCase("posix", "1.0")]
    public void SparseFiles_OfGnuTar(string format, string version)
    {
        Directory.CreateDirectory($"{Root}/outside/t");
        var path = $"{Root}/outside/t/sparse";
        using (var file = File.Create(path))
        {
            for (var i = 1; i <= 12; i++)
            {
                file.Position = i * 300_000;
                file.Write("data"u8);
            }
            file.SetLength(5_000_000);
        }
        string[] options = ["-C", $"{Root}/outside/t", "-c", "-S", $"--format={format}", "sparse"];
        var tar = External.Run("tar", version.Length == 0 ? options : [$"--sparse-version={version}", .. options]);
        var wanted = Hex(path);
        Directory.Delete($"{Root}/outside/t", true);
        Unpack(tar);
        Assert.That(Hex($"{Diff}/sparse"), Is.EqualTo(wanted));
        Assert.That(FileStatus.Of($"{Diff}/sparse")?.Blocks, Is.LessThan(1000));
    }

    [Test]
    public void ImpliedDirectories_AreNamed()
    {
        var content = Unpack(TarBuilder.Of(("a/b/c", "1")));
        Assert.That(content.ImpliedDirectories.Select(Encoding.UTF8.GetString), Is.EqualTo((string[])["a", "a/b", ""]));
    }

    private byte[]? Xattr(string name, string xattr)
    {
        using var file = FileDescriptor.Open($"{Diff}/{name}", OpenFlags.ReadOnly | OpenFlags.NoFollow);
        return file.TryGetXattr(xattr, 100);
    }
}
