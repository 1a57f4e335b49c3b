using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>What a pull brings: a name, and content that is on disk and waits to be put in its place.</summary>
internal sealed record PulledContent(
    ImageEntry Entry,
    IReadOnlyList<(StagedLayer Staged, LayerRecord Record)> Layers, IReadOnlyList<(Digest Digest, string Path)> Blobs);
