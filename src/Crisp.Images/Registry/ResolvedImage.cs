using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Registry;

/// <summary>
/// What a name at a registry stands for on this platform. The repo digest is that of what the name itself leads to, an
/// index or the manifest; the descriptor is the manifest's, as an image layout's index lists it.
/// </summary>
internal sealed record ResolvedImage(
    Digest RepoDigest, Descriptor ManifestDescriptor, byte[] ManifestContent, Manifest Manifest);
