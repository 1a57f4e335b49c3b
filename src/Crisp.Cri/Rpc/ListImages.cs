using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>All images, or the one that the filter names.</summary>
internal sealed class ListImages(ImageStore images) : IRpc<ListImagesRequest, ListImagesResponse>
{
    public Task<ListImagesResponse> HandleAsync(ListImagesRequest request, CancellationToken patience) =>
        Task.FromResult(
            new ListImagesResponse { Images = { Matching(images, request.Filter).Select(ImageMessages.Image) } });

    internal static IEnumerable<StoredImage> Matching(ImageStore images, ImageFilter? filter)
    {
        if (filter?.Image?.Image is not { Length: > 0 } name)
            return images.List();
        return images.Find(name) is { } image ? [image] : [];
    }
}
