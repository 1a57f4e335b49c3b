using Crisp.Linux;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Copies a small tree of the administrator's, links followed as for a reader of it, so that it is bounded three ways.
/// </summary>
internal sealed class BoundedCopy
{
    private const int MostFiles = 4096;
    private const long MostBytes = 64 << 20;
    private const int MostLevels = 16;

    private int _files;
    private long _bytes;

    private readonly (uint Uid, uint Gid) _owner;

    private BoundedCopy((uint Uid, uint Gid) owner) => _owner = owner;

    /// <exception cref="IOException">It is larger than allowed, or cannot be read.</exception>
    internal static void Of(string source, string target, (uint Uid, uint Gid) owner)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a target lies in a directory
        new BoundedCopy(owner).Add(source, target, MostLevels);
    }

    private void Add(string source, string target, int levels)
    {
        if (++_files > MostFiles || levels == 0)
            throw new IOException($"more than {MostFiles} files, or {MostLevels} levels of directories");
        if (Directory.Exists(source))
        {
            Directory.CreateDirectory(target, File.GetUnixFileMode(source));
            Own(target);
            foreach (string entry in Directory.EnumerateFileSystemEntries(source))
                Add(entry, Path.Combine(target, Path.GetFileName(entry)), levels - 1);
        }
        else if (File.Exists(source))
        {
            _bytes += new FileInfo(File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source).Length;
            if (_bytes > MostBytes)
                throw new IOException($"more than {MostBytes} bytes");
            File.Copy(source, target);
            Own(target);
        }
    }

    private void Own(string target)
    {
        if (_owner != (0, 0))
            FileOwner.Set(target, _owner.Uid, _owner.Gid);
    }
}
