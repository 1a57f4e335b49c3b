using System.IO.Compression;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Layers;

/// <summary>The compressions of layers, by their media types.</summary>
internal static class LayerCompression
{
    /// <summary>Null: not the type of a layer.</summary>
    public static Func<Stream, Stream>? Of(string? mediaType) => mediaType switch
    {
        MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip =>
            static stream => new GZipStream(stream, CompressionMode.Decompress),
        MediaTypes.OciLayerZstd or MediaTypes.DockerLayerZstd => OpenZstd,
        MediaTypes.OciLayer or MediaTypes.DockerLayer => static stream => stream,
        _ => null,
    };

    private static ZstdStream OpenZstd(Stream stream)
    {
        try
        {
            return new ZstdStream(stream);
        }
        catch (DllNotFoundException e)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                "the image has layers compressed with zstd, and this node has no libzstd.so.1: install the package libzstd1", e);
        }
    }
}
