using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Crisp.Testing.Images;

/// <summary>
/// Writes one image layer, entry by entry, as the image specification has it: a tar whose deletions are files named
/// .wh.NAME. It is the tests' own writer, so that a reader and a writer of ours cannot agree on the same mistake.
/// </summary>
public sealed class TestLayer
{
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch.AddYears(50);
    private readonly MemoryStream _tar = new();
    private readonly TarWriter _writer;

    public TestLayer() => _writer = new TarWriter(_tar, TarEntryFormat.Pax, leaveOpen: true);

    public TestLayer Directory(string path, int mode = 0x1ed /* 0755 */, int uid = 0, int gid = 0) =>
        Entry(new PaxTarEntry(TarEntryType.Directory, path.TrimEnd('/') + "/"), mode, uid, gid);

    public TestLayer File(string path, string content, int mode = 0x1a4 /* 0644 */, int uid = 0, int gid = 0) =>
        File(path, Encoding.UTF8.GetBytes(content), mode, uid, gid);

    public TestLayer File(string path, byte[] content, int mode = 0x1a4, int uid = 0, int gid = 0) =>
        Entry(
            new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) }, mode, uid, gid);

    /// <summary>
    /// A program whose file has CAP_NET_BIND_SERVICE, permitted and effective (capability.h, version 2 of the
    /// attribute).
    /// </summary>
    public TestLayer CapableFile(string path, byte[] content) => Entry(
        new PaxTarEntry(TarEntryType.RegularFile,
            path, [new("SCHILY.xattr.security.capability", "\u0001\0\0\u0002\0\u0004" + new string('\0', 14))])
        {
            DataStream = new MemoryStream(content),
        },
        0x1ed, 0, 0);

    public TestLayer Symlink(string path, string target) =>
        Entry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target }, 0x1ff, 0, 0);

    /// <summary>The mode is the target's, as tar writes it: some runtimes set it anew.</summary>
    public TestLayer HardLink(string path, string target, int mode = 0x1a4) =>
        Entry(new PaxTarEntry(TarEntryType.HardLink, path) { LinkName = target }, mode, 0, 0);

    public TestLayer Device(string path, int major, int minor) =>
        Entry(new PaxTarEntry(TarEntryType.CharacterDevice, path) { DeviceMajor = major, DeviceMinor = minor },
            0x1b6, 0, 0);

    /// <summary>Deletes what a lower layer has at the path.</summary>
    public TestLayer Whiteout(string path) =>
        File(Path.Combine(Path.GetDirectoryName(path)!, ".wh." + Path.GetFileName(path)), "");

    /// <summary>Hides all that lower layers have in the directory.</summary>
    public TestLayer Opaque(string directory) => File(Path.Combine(directory, ".wh..wh..opq"), "");

    public LayerBlob Gzip()
    {
        var tar = Finish();
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(tar);
        return new LayerBlob(
            "application/vnd.oci.image.layer.v1.tar+gzip", compressed.ToArray(), TestImage.DigestOf(tar));
    }

    public LayerBlob Plain()
    {
        var tar = Finish();
        return new LayerBlob("application/vnd.oci.image.layer.v1.tar", tar, TestImage.DigestOf(tar));
    }

    private byte[] Finish()
    {
        _writer.Dispose();
        return _tar.ToArray();
    }

    private TestLayer Entry(TarEntry entry, int mode, int uid, int gid)
    {
        entry.Mode = (UnixFileMode)mode;
        entry.Uid = uid;
        entry.Gid = gid;
        entry.ModificationTime = LongAgo;
        _writer.WriteEntry(entry);
        return this;
    }
}
