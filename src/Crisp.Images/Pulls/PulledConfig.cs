using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>An image's configuration, as it came, and the layers it names.</summary>
internal sealed record PulledConfig(byte[] Content, IReadOnlyList<Digest> DiffIds);
