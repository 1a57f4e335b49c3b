using Crisp.OciSpec;

namespace Crisp.Images.Registry;

/// <summary>A manifest or index as it came, its digest verified where one was asked for.</summary>
internal sealed record FetchedManifest(byte[] Content, string? MediaType, Digest Digest);
