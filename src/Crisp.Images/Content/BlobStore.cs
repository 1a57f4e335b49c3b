using System.Collections.Concurrent;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Content;

/// <summary>
/// blobs/ of the image layout (image-spec image-layout.md), and .ingest/ for blobs still on their way.
/// </summary>
internal sealed class BlobStore
{
    private const int FileMode = 0x1a4; // 0644: skopeo and umoci read them

    private readonly string _root;
    private readonly Trash _trash;
    private readonly ConcurrentDictionary<Digest, long> _sizes = new();
    private long _bytes;
    private long _ingested;

    private BlobStore(string layout, Trash trash)
    {
        _root = layout;
        _trash = trash;
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Count => _sizes.Count;

    public IEnumerable<Digest> All => _sizes.Keys;

    public static BlobStore Open(string layout, Trash trash)
    {
        var store = new BlobStore(layout, trash);
        trash.Take($"{layout}/.ingest");
        PrivateDirectory.Make($"{layout}/.ingest");
        PrivateDirectory.Make($"{layout}/blobs");
        foreach (var algorithm in (string[])["sha256", "sha512"])
        {
            if (algorithm == "sha256") PrivateDirectory.Make($"{layout}/blobs/{algorithm}");
            if (Directory.Exists($"{layout}/blobs/{algorithm}")) store.Load($"{layout}/blobs/{algorithm}", algorithm);
        }
        return store;
    }

    public bool Has(Digest digest) => _sizes.ContainsKey(digest);

    public string PathOf(Digest digest) => $"{_root}/blobs/{digest.AlgorithmName}/{digest.Hex}";

    /// <summary>A name for a blob on its way.</summary>
    public string Ingest() => $"{_root}/.ingest/{Interlocked.Increment(ref _ingested)}";

    /// <summary>Writes a small blob aside, to be committed after the sync.</summary>
    public string Ingest(ReadOnlySpan<byte> content)
    {
        var path = Ingest();
        AtomicFile.Write(path, content, FileMode);
        return path;
    }

    /// <summary>A blob that fits into memory and still has its digest, or null.</summary>
    public byte[]? TryRead(Digest digest, int maxBytes)
    {
        if (!_sizes.TryGetValue(digest, out var size) || size > maxBytes) return null;
        try
        {
            var content = File.ReadAllBytes(PathOf(digest));
            return digest.OfSameAlgorithm(content) == digest ? content : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Puts a blob, whose content is on disk, in its place.</summary>
    public void Commit(string path, Digest digest)
    {
        if (digest.Algorithm is not DigestAlgorithm.Sha256)
            PrivateDirectory.Make(Path.GetDirectoryName(PathOf(digest))!); // "!": has a parent
        var size = new FileInfo(path).Length;
        File.Move(path, PathOf(digest), overwrite: true);
        if (_sizes.TryAdd(digest, size)) Interlocked.Add(ref _bytes, size);
    }

    public void Sync() => AtomicFile.SyncDirectory($"{_root}/blobs/sha256");

    public void Delete(Digest digest)
    {
        if (!_sizes.TryRemove(digest, out var size)) return;
        Interlocked.Add(ref _bytes, -size);
        _trash.Take(PathOf(digest));
    }

    private void Load(string directory, string algorithm)
    {
        foreach (var file in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (file is FileInfo { LinkTarget: null } blob
                && Digest.TryParse($"{algorithm}:{file.Name}", out var digest))
            {
                _sizes[digest] = blob.Length;
                _bytes += blob.Length;
            }
            else
            {
                _trash.Take(file.FullName);
            }
        }
    }
}
