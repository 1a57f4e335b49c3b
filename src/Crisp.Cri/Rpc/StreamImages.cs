using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>The same as ListImages in messages of bounded size.</summary>
internal sealed class StreamImages(ImageStore images) : IStreamRpc<StreamImagesRequest, StreamImagesResponse>
{
    public IAsyncEnumerable<StreamImagesResponse> HandleAsync(
        StreamImagesRequest request, CancellationToken listening) =>
        MessageChunks.Of(ListImages.Matching(images, request.Filter).Select(ImageMessages.Image))
            .Select(chunk => new StreamImagesResponse { Images = { chunk } })
            .ToStream();
}
