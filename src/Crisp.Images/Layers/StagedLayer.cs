using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>A layer unpacked aside, and its blob where that was fetched: not visible before it is committed.</summary>
/// <param name="Directory">Holds diff/.</param>
/// <param name="BlobPath">The blob's temporary file, or null where the store had the blob.</param>
/// <param name="BlobDigest">Of that blob, or of the stored one.</param>
/// <param name="Content">What came out of the archive.</param>
internal sealed record StagedLayer(string Directory, string? BlobPath, Digest BlobDigest, LayerContent Content);
