using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>What unpacking a layer came to.</summary>
/// <param name="DiffId">Digest of the uncompressed archive.</param>
/// <param name="Bytes">Sum of the file sizes, holes not counted.</param>
/// <param name="DiskBytes">The same in whole blocks, with the directories: an estimate of what the disk gave.</param>
/// <param name="Inodes">Files, directories, links and whiteouts.</param>
/// <param name="ImpliedDirectories">Directories without an entry of their own; they look like the layer below
/// says.</param>
internal sealed record LayerContent(
    Digest DiffId, long Bytes, long DiskBytes, long Inodes, IReadOnlyList<byte[]> ImpliedDirectories);
