using Crisp.OciSpec;

namespace Crisp.Images;

/// <summary>How far a pull is; one report concerns one layer.</summary>
/// <param name="Layer">The layer's digest at the registry.</param>
/// <param name="ReceivedBytes">Bytes of it that have arrived.</param>
/// <param name="TotalBytes">Bytes it has.</param>
/// <param name="Done">It is downloaded, verified and unpacked, or was there before.</param>
public readonly record struct PullProgress(Digest Layer, long ReceivedBytes, long TotalBytes, bool Done);
