using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>Images by name: an image is found by its ID and by every tag and digest.</summary>
internal sealed class FakeImages : ImageService.ImageServiceBase
{
    internal List<IMessage> Requests { get; } = [];

    internal List<Image> Images { get; } = [];

    public override Task<ListImagesResponse> ListImages(ListImagesRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new ListImagesResponse { Images = { Images } });
    }

    public override Task<ImageStatusResponse> ImageStatus(ImageStatusRequest request, ServerCallContext context)
    {
        var name = request.Image.Image;
        var image = Images.FirstOrDefault(
            image => image.Id == name || image.RepoTags.Contains(name) || image.RepoDigests.Contains(name));
        return Task.FromResult(new ImageStatusResponse { Image = image });
    }

    public override Task<PullImageResponse> PullImage(PullImageRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return request.Image.Image == "denied"
            ? throw new RpcException(new Status(StatusCode.Unknown, "registry said: wrong password"))
            : Task.FromResult(new PullImageResponse { ImageRef = "sha256:aaaa" });
    }

    public override Task<RemoveImageResponse> RemoveImage(RemoveImageRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new RemoveImageResponse());
    }

    public override Task<ImageFsInfoResponse> ImageFsInfo(ImageFsInfoRequest request, ServerCallContext context) =>
        Task.FromResult(new ImageFsInfoResponse
        {
            ImageFilesystems =
            {
                new FilesystemUsage
                {
                    Timestamp = 7, FsId = new FilesystemIdentifier { Mountpoint = "/var/lib/crisp" },
                    UsedBytes = new UInt64Value { Value = 1_234_567 }, InodesUsed = new UInt64Value { Value = 42 },
                },
            },
        });
}
