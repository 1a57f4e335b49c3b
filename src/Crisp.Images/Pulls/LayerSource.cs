using Crisp.Images.Registry;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Pulls;

/// <summary>One layer of an image: its blob at the registry, what it unpacks to, and its place in the chain.</summary>
internal sealed record LayerSource(Descriptor Blob, Digest DiffId, Digest ChainId, RegistryClient Client);
