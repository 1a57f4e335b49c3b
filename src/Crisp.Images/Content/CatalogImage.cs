using Crisp.OciSpec;

namespace Crisp.Images.Content;

/// <summary>An image with what of the store it needs.</summary>
/// <param name="Image">What others see.</param>
/// <param name="Blobs">Manifests, configuration and layers.</param>
/// <param name="Chains">The unpacked layers.</param>
internal sealed record CatalogImage(StoredImage Image, IReadOnlyList<Digest> Blobs, IReadOnlyList<Digest> Chains);
