using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>v1's image service, which keeps what it is asked and answers what it was told to.</summary>
internal sealed class CannedImages(Exchanges exchanges) : global::Runtime.V1.ImageService.ImageServiceBase
{
    public override Task<ListImagesResponse> ListImages(ListImagesRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ListImagesResponse>(request);

    public override Task<ImageStatusResponse> ImageStatus(ImageStatusRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ImageStatusResponse>(request);

    public override Task<PullImageResponse> PullImage(PullImageRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<PullImageResponse>(request);

    public override Task<RemoveImageResponse> RemoveImage(RemoveImageRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<RemoveImageResponse>(request);

    public override Task<ImageFsInfoResponse> ImageFsInfo(ImageFsInfoRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ImageFsInfoResponse>(request);
}
