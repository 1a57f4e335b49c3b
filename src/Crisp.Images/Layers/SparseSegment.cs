namespace Crisp.Images.Layers;

/// <summary>A piece of a sparse file that is not a hole.</summary>
internal readonly record struct SparseSegment(long Offset, long Length);
