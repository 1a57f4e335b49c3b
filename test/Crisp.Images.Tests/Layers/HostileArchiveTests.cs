using System.Text;
using Crisp.Errors;
using Crisp.Images.Layers;
using Crisp.Images.Tests.Fakes;
using Crisp.Linux;

namespace Crisp.Images.Tests.Layers;

/// <summary>
/// Archives that want out, or too much. The fixture checks afterwards that nothing outside has changed.
/// </summary>
public sealed class HostileArchiveTests : UnpackFixture
{
    [TestCase("../outside/secret")]
    [TestCase("a/../../outside/secret")]
    [TestCase("..")]
    [TestCase("/../outside/new")]
    public void Name_AboveTheRoot_IsRefused(string name) =>
        Assert.Throws<InvalidDataException>(() => Unpack(TarBuilder.Of((name, "evil"))));

    [Test]
    public void Name_Absolute_IsContained()
    {
        Unpack(new TarBuilder().Directory("/").File("//etc/./x", "1").File("/a/b/../c", "2").Build());
        Assert.That(File.Exists($"{Diff}/etc/x"));
        Assert.That(File.Exists($"{Diff}/a/c"));
    }

    [TestCase("../outside")]
    [TestCase("/../../outside")]
    [TestCase("../../../../../../../../tmp")]
    public void Symlink_ThatLeadsOut_IsResolvedInside(string target)
    {
        Unpack(new TarBuilder().Symlink("l", target).File("l/secret", "evil").File("l/new/x", "evil").Build());
        Assert.That(new FileInfo($"{Diff}/l").LinkTarget, Is.EqualTo(target));
        Assert.That(File.ReadAllText($"{Diff}/{target.Split('/')[^1]}/secret"), Is.EqualTo("evil"));
    }

    [Test]
    public void Symlink_AbsoluteToTheRealPlace_StaysInside()
    {
        Unpack(new TarBuilder().Symlink("l", $"{Root}/outside").File("l/secret", "evil").Build());
        Assert.That(File.Exists($"{Diff}{Root}/outside/secret"));
    }

    [Test]
    public void Symlink_InTheLastPlace_IsReplacedNotFollowed()
    {
        Unpack(new TarBuilder().Symlink("f", $"{Root}/outside/secret").File("f", "evil", 0x1ff).Build());
        Assert.That(File.ReadAllText($"{Diff}/f"), Is.EqualTo("evil"));
    }

    [Test]
    public void Symlink_ToItself_IsAnError()
    {
        Assert.Throws<SyscallException>(
            () => Unpack(new TarBuilder().Symlink("a", "b").Symlink("b", "a").File("a/x").Build()));
        Assert.Throws<SyscallException>(() => Unpack(new TarBuilder().Symlink("c", "c/c").File("c/x").Build()));
    }

    [Test]
    public void Symlink_ThroughProc_IsNotMagic() =>
        Unpack(new TarBuilder().Symlink("p", "/proc/self/root").File("p/tmp/crisp-evil", "evil").Build());

    [TestCase("../outside/secret")]
    [TestCase("a/../../outside/secret")]
    public void HardLink_AboveTheRoot_IsRefused(string target) =>
        Assert.Throws<InvalidDataException>(() => Unpack(new TarBuilder().HardLink("h", target).Build()));

    [Test]
    public void HardLink_ThroughASymlinkOut_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => Unpack(
            new TarBuilder().Symlink("l", "../outside").HardLink("h", "l/secret").Build()));
        Assert.Throws<InvalidDataException>(
            () => Unpack(new TarBuilder().HardLink("h", $"{Root}/outside/secret").Build()));
    }

    [Test]
    public void HardLink_ToASymlinkOut_LinksTheLink()
    {
        Unpack(new TarBuilder().Symlink("l", "../outside/secret").HardLink("h", "l").File("h", "evil", 0x1ff).Build());
        Assert.That(new FileInfo($"{Diff}/h").LinkTarget, Is.Null);
    }

    [Test]
    public void Whiteout_OfDots_IsRefused([Values(".wh...", ".wh..", ".wh.", "d/.wh...")] string name) =>
        Assert.Throws<InvalidDataException>(() => Unpack(TarBuilder.Of((name, ""))));

    [Test]
    public void Whiteout_ThroughASymlinkOut_StaysInside() =>
        Unpack(new TarBuilder().Symlink("l", "../outside").File("l/.wh.secret").File("l/.wh..wh..opq").Build());

    [Test]
    public void Root_CannotBeReplaced([Values('0', '2', '6')] char type) =>
        Assert.Throws<InvalidDataException>(() => Unpack(new TarBuilder().Entry("./", type, [], "x").Build()));

    [Test]
    public void Bomb_InBytes_IsRefused()
    {
        var error = Assert.Throws<LayerLimitException>(() => Unpack(
            new TarBuilder().Entry("zeros", '0', new byte[3 << 20]).Build(),
            new Limits { UnpackedLayerBytes = 1 << 20 }));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.ResourceExhausted));
    }

    [Test]
    public void Bomb_InEntries_IsRefused() =>
        Assert.Throws<LayerLimitException>(() => Unpack(
            TarBuilder.Of([.. Enumerable.Range(0, 50).Select(i => ($"f{i}", ""))]), new Limits { LayerEntries = 20 }));

    [Test]
    public void Bomb_OfOneSparseFile_IsRefused() =>
        Assert.Throws<LayerLimitException>(() => Unpack(
            new TarBuilder()
                .Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "9000000000000000"))
                .Entry("s", '0', [.. "0\n"u8, .. new byte[510]]).Build()));

    [Test]
    public void Header_TooLong_IsRefused([Values('x', 'g', 'L', 'K')] char type) =>
        Assert.Throws<LayerLimitException>(() => Unpack(new TarBuilder().Entry("x", type, [], size: 1L << 40).Build()));

    [TestCase("12 path=a\n")]
    [TestCase("99999 path=a\n")]
    [TestCase("-1 path=a\n")]
    [TestCase("9 =a=bcd\n")]
    [TestCase("path=a\n")]
    public void Pax_Malformed_IsRefused(string records) =>
        Assert.Throws<InvalidDataException>(
            () => Unpack(new TarBuilder().PaxBytes(Encoding.UTF8.GetBytes(records)).File("x").Build()));

    [TestCase("mtime", "1e999")]
    [TestCase("mtime", "soon")]
    [TestCase("uid", "-5")]
    [TestCase("uid", "4294967295")]
    [TestCase("gid", "99999999999999999999")]
    [TestCase("size", "-1")]
    [TestCase("path", "a\0b")]
    public void Pax_ValuesThatMakeNoSense_AreRefused(string key, string value) =>
        Assert.Throws<InvalidDataException>(() => Unpack(new TarBuilder().Pax((key, value)).File("x").Build()));

    [Test]
    public void Header_WithWrongChecksum_IsRefused()
    {
        var tar = TarBuilder.Of(("a", "1"));
        tar[0] ^= 1;
        Assert.Throws<InvalidDataException>(() => Unpack(tar));
    }

    [Test]
    public void Archive_CutAnywhere_NeverHangsNorEscapes()
    {
        var tar = new TarBuilder().Pax(("path", "long/name"))
            .File("x", new string('y', 700)).Symlink("l", "a").HardLink("h", "long/name").Build();
        for (var length = 0; length < tar.Length; length += 97)
        {
            Try(tar[..length]);
        }
    }

    [Test]
    public void Archive_WithRandomDamage_NeverHangsNorEscapes()
    {
        var random = new Random(42);
        var good = new TarBuilder()
            .Directory("d").Pax(("path", "d/long"), ("SCHILY.xattr.user.x", "1")).File("x", new string('y', 600))
            .Symlink("d/l", "../../outside")
            .File("d/l/z", "1").HardLink("h", "d/long").Entry("s", 'S', new byte[512]).Build();
        for (var round = 0; round < 400; round++)
        {
            var tar = good.ToArray();
            for (var i = 0; i < 4; i++)
            {
                var block = random.Next(tar.Length / 512) * 512;
                tar[block + random.Next(512)] = (byte)random.Next(256);
                FixChecksum(tar.AsSpan(block, 512));
            }
            Try(tar);
        }
    }

    [Test]
    public void DeepTree_IsRemovedAgain()
    {
        // Each link makes the next name start deeper than PATH_MAX could say.
        var part = string.Join('/', Enumerable.Repeat(new string('d', 40), 50));
        var tar = new TarBuilder();
        var at = "";
        for (var i = 0; i < 4; i++)
        {
            tar.Pax(("path", $"{at}{part}/end")).Directory("x");
            tar.Pax(("path", $"link{i}"), ("linkpath", $"{at}{part}")).Symlink("x", "x");
            at = $"link{i}/";
        }
        Unpack(tar.Build());
    }

    private void Try(byte[] tar)
    {
        try
        {
            Unpack(tar);
        }
        catch (Exception e) when (e is InvalidDataException or CrispException or SyscallException or OverflowException)
        {
            // Any of these is a clean refusal.
        }
    }

    private static void FixChecksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header) sum += value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(7, '0')).CopyTo(header[148..]);
    }
}
