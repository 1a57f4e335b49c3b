using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Removes an image with all its names; one that is not there is success (api.proto, RemoveImage).</summary>
internal sealed class RemoveImage(ImageStore images) : IRpc<RemoveImageRequest, RemoveImageResponse>
{
    public async Task<RemoveImageResponse> HandleAsync(RemoveImageRequest request, CancellationToken patience)
    {
        await images.RemoveAsync(ImageMessages.Name(request.Image), CancellationToken.None).WaitAsync(patience);
        return new RemoveImageResponse();
    }
}
