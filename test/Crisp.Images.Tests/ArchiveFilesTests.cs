using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;

namespace Crisp.Images.Tests;

internal sealed class ArchiveFilesTests
{
    [Test]
    public void Read_FindsRegularFilesByTheirWholePath_TheFirstOfEachName()
    {
        var archive = Archive(
            new PaxTarEntry(TarEntryType.SymbolicLink, "spec") { LinkName = "/etc/shadow" },
            Plain("sub/spec", "below"),
            Plain("./config", "first"), Plain(".spec", "hidden"), Plain("config", "second"), Plain("spec", "it"));

        var files = ArchiveFiles.Read(new MemoryStream(archive), ["config", "spec", "missing"], mostBytes: 16);

        Assert.That(files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value)),
            Is.EqualTo(new Dictionary<string, string> { ["config"] = "first", ["spec"] = "it" }));
    }

    [Test]
    public void Read_StopsWhenItHasThemAll()
    {
        using var archive = new MemoryStream([.. Archive(Plain("config", "c")), .. new byte[64 << 20]]);

        ArchiveFiles.Read(archive, ["config"], mostBytes: 16);

        Assert.That(archive.Position, Is.LessThan(1 << 20));
    }

    [Test]
    public void Read_LargerThanAllowed_IsRefused() => Assert.That(
        () => ArchiveFiles.Read(
            new MemoryStream(Archive(Plain("config", "longer than that"))), ["config"], mostBytes: 4),
        Throws.TypeOf<InvalidDataException>().With.Message.Contains("config"));

    /// <summary>Headers that say gigabytes of themselves: nothing of that is believed, let alone kept.</summary>
    [TestCase('x')]
    [TestCase('g')]
    [TestCase('L')]
    [TestCase('K')]
    public void Read_HeaderOfGigabytes_IsRefused(char type)
    {
        var header = Archive(Plain("config", "c"))[..512];
        var bomb = Archive(new GnuTarEntry(TarEntryType.RegularFile, "bomb"))[..512];
        bomb[156] = (byte)type;
        Encoding.ASCII.GetBytes("77777777777\0").CopyTo(bomb, 124);
        bomb.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(bomb.Sum(octet => octet), 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(bomb, 148);

        Assert.That(
            () => ArchiveFiles.Read(new MemoryStream([.. bomb, .. header]), ["config"], mostBytes: 16),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("header"));
    }

    [Test]
    public void Read_WhatIsNoArchive_IsRefused()
    {
        var noise = new byte[4096];
        BinaryPrimitives.WriteInt64LittleEndian(noise, 0x0123456789abcdef);

        Assert.That(() => ArchiveFiles.Read(new MemoryStream(noise), ["config"], mostBytes: 16),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(ArchiveFiles.Read(new MemoryStream(), ["config"], mostBytes: 16), Is.Empty);
    }

    private static PaxTarEntry Plain(string name, string content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    private static byte[] Archive(params TarEntry[] entries)
    {
        using var content = new MemoryStream();
        using (var writer = new TarWriter(content, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return content.ToArray();
    }
}
