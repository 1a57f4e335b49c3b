using Grpc.Core;
using Microsoft.Extensions.Logging;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>The table of contents of CRI's ImageService, as <see cref="RuntimeService"/> is of the other.</summary>
public sealed class ImageService(CriDependencies on) : global::Runtime.V1.ImageService.ImageServiceBase
{
    private readonly CallLog _calls = new(on.Loggers.CreateLogger<CallLog>(), on.Time);

    private readonly Rpc.ListImages _listImages = new(on.Images);
    private readonly Rpc.StreamImages _streamImages = new(on.Images);
    private readonly Rpc.ImageStatus _imageStatus = new(on.Images);
    private readonly Rpc.PullImage _pullImage = new(on.Images);
    private readonly Rpc.RemoveImage _removeImage = new(on.Images);
    private readonly Rpc.ImageFsInfo _imageFsInfo = new(on.Images, on.Time);

    public override Task<ListImagesResponse> ListImages(ListImagesRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listImages, request, context);

    public override Task StreamImages(
        StreamImagesRequest request,
        IServerStreamWriter<StreamImagesResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamImages, request, responseStream, context);

    public override Task<ImageStatusResponse> ImageStatus(ImageStatusRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_imageStatus, request, context);

    public override Task<PullImageResponse> PullImage(PullImageRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_pullImage, request, context);

    public override Task<RemoveImageResponse> RemoveImage(RemoveImageRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_removeImage, request, context);

    public override Task<ImageFsInfoResponse> ImageFsInfo(ImageFsInfoRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_imageFsInfo, request, context);
}
