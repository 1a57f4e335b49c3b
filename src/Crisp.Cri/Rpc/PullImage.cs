using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Pulls an image and answers its ID. Equal pulls are one, and it ends when nobody waits for it any more.
/// </summary>
internal sealed class PullImage(ImageStore images) : IRpc<PullImageRequest, PullImageResponse>
{
    public async Task<PullImageResponse> HandleAsync(PullImageRequest request, CancellationToken patience)
    {
        var name = ImageMessages.Name(request.Image);
        var image = await images.PullAsync(name, ImageMessages.Credentials(request.Auth), progress: null, patience);
        return new PullImageResponse { ImageRef = image.Id };
    }
}
