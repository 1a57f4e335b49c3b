using System.Collections.Concurrent;
using System.Text.Json;
using Crisp.Images.Content;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>
/// The directory layers/: HEX/diff and HEX/layer.json of every unpacked layer, l/NAME short links to the diffs,
/// .staging/ for what is being made and .trash/ for what is being deleted. A layer is renamed into its place whole.
/// </summary>
internal sealed class LayerStore
{
    private const int LinkLength = 12;
    private const string RecordName = "layer.json";

    private readonly string _root;
    private readonly Trash _trash;
    private readonly ConcurrentDictionary<Digest, LayerRecord> _layers = new();
    private long _staged;
    private long _diskBytes;
    private long _inodes;

    private LayerStore(string root, Trash trash)
    {
        _root = root;
        _trash = trash;
    }

    public long DiskBytes => Interlocked.Read(ref _diskBytes);

    public long Inodes => Interlocked.Read(ref _inodes);

    public IEnumerable<LayerRecord> All => _layers.Values;

    /// <summary>An empty directory, the root of images without layers.</summary>
    /// <summary>Holds all layers; links between them are relative.</summary>
    public string Root => _root;

    public string EmptyDirectory => $"{_root}/l/none";

    public static LayerStore Open(string root, Trash trash)
    {
        var store = new LayerStore(root, trash);
        PrivateDirectory.Make(root);
        trash.Take($"{root}/.staging");
        PrivateDirectory.Make($"{root}/.staging");
        PrivateDirectory.Make($"{root}/l");
        PrivateDirectory.Make(store.EmptyDirectory);
        foreach (var directory in Directory.EnumerateDirectories(root)) store.Load(directory);
        store.SweepLinks();
        return store;
    }

    public LayerRecord? Find(Digest chainId) => _layers.GetValueOrDefault(chainId);

    public string DiffDirectory(Digest chainId) => $"{_root}/{chainId.Hex}/diff";

    /// <summary>The short path of a layer, for mounting many of them.</summary>
    public string LinkPath(Digest chainId) => $"{_root}/l/{_layers[chainId].Link}";

    /// <summary>A new directory with an empty diff/ in it.</summary>
    public string Stage()
    {
        var directory = $"{_root}/.staging/{Interlocked.Increment(ref _staged)}";
        PrivateDirectory.Make(directory);
        PrivateDirectory.MakeRoot($"{directory}/diff");
        return directory;
    }

    /// <summary>Writes the record of a staged layer, so that it is synced with the rest.</summary>
    public LayerRecord WriteRecord(StagedLayer staged, Digest chainId)
    {
        var record = new LayerRecord
        {
            ChainId = chainId,
            DiffId = staged.Content.DiffId,
            Bytes = staged.Content.Bytes,
            DiskBytes = staged.Content.DiskBytes,
            Inodes = staged.Content.Inodes,
            Link = FreeLink(chainId),
        };
        AtomicFile.Write($"{staged.Directory}/{RecordName}",
            JsonSerializer.SerializeToUtf8Bytes(record, LayerJson.Default.LayerRecord));
        return record;
    }

    /// <summary>Puts a staged layer, whose content is on disk, in its place.</summary>
    public void Commit(StagedLayer staged, LayerRecord record)
    {
        if (_layers.ContainsKey(record.ChainId)) return;
        var target = $"{_root}/{record.ChainId.Hex}";
        _trash.Take(target);
        Directory.Move(staged.Directory, target);
        MakeLink(record);
        Add(record);
    }

    public void Sync() => AtomicFile.SyncDirectory(_root);

    public void Delete(Digest chainId)
    {
        if (!_layers.TryRemove(chainId, out var record)) return;
        Interlocked.Add(ref _diskBytes, -record.DiskBytes);
        Interlocked.Add(ref _inodes, -record.Inodes);
        _trash.Take($"{_root}/{chainId.Hex}");
        File.Delete($"{_root}/l/{record.Link}");
    }

    /// <summary>Takes in a layer found at start; what is no whole layer of ours is deleted.</summary>
    private void Load(string directory)
    {
        var name = Path.GetFileName(directory);
        if (name is "l" or ".staging" or ".trash") return;
        try
        {
            var record = JsonSerializer.Deserialize(
                File.ReadAllBytes($"{directory}/{RecordName}"), LayerJson.Default.LayerRecord);
            if (record is not null
                && record.ChainId.Hex == name && IsLinkName(record.Link) && Directory.Exists($"{directory}/diff"))
            {
                MakeLink(record);
                Add(record);
                return;
            }
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            // Half made or damaged: an image that needs it goes too.
        }
        _trash.Take(directory);
    }

    private void Add(LayerRecord record)
    {
        if (!_layers.TryAdd(record.ChainId, record)) return;
        Interlocked.Add(ref _diskBytes, record.DiskBytes);
        Interlocked.Add(ref _inodes, record.Inodes);
    }

    private void MakeLink(LayerRecord record)
    {
        var link = $"{_root}/l/{record.Link}";
        var target = $"../{record.ChainId.Hex}/diff";
        var existing = new FileInfo(link);
        if (existing.LinkTarget == target) return;
        if (existing.LinkTarget is not null) existing.Delete();
        File.CreateSymbolicLink(link, target);
    }

    private string FreeLink(Digest chainId)
    {
        for (var length = LinkLength; ; length++)
        {
            var name = chainId.Hex[..length];
            if (!_layers.Values.Any(other => other.Link == name && other.ChainId != chainId)) return name;
        }
    }

    private static bool IsLinkName(string name) =>
        name.Length is >= LinkLength and <= 64 && name.All(char.IsAsciiHexDigitLower);

    private void SweepLinks()
    {
        var wanted = _layers.Values.Select(record => record.Link).ToHashSet(StringComparer.Ordinal);
        foreach (var link in Directory.EnumerateFileSystemEntries($"{_root}/l"))
        {
            if (link != EmptyDirectory && !wanted.Contains(Path.GetFileName(link))) _trash.Take(link);
        }
    }
}
