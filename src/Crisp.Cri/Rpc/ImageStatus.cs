using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>An image that is not there is an empty answer, not an error (api.proto, ImageStatus).</summary>
internal sealed class ImageStatus(ImageStore images) : IRpc<ImageStatusRequest, ImageStatusResponse>
{
    public Task<ImageStatusResponse> HandleAsync(ImageStatusRequest request, CancellationToken patience)
    {
        var response = new ImageStatusResponse();
        if (images.Find(ImageMessages.Name(request.Image)) is { } image)
        {
            response.Image = ImageMessages.Image(image);
            if (request.Verbose)
                response.Info.Add("info", VerboseInfo.Of(image));
        }
        return Task.FromResult(response);
    }
}
