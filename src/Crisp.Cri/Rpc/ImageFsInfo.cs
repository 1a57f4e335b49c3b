using Crisp.Cri.Messages;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// What images take of the disk; kubelet does not start if it fails. Writable layers lie on the same file system, and
/// kubelet wants both lists filled.
/// </summary>
internal sealed class ImageFsInfo(ImageStore images, TimeProvider time) : IRpc<ImageFsInfoRequest, ImageFsInfoResponse>
{
    public Task<ImageFsInfoResponse> HandleAsync(ImageFsInfoRequest request, CancellationToken patience)
    {
        var usage = FilesystemMessages.Usage(images.Usage(), time.GetUtcNow());
        return Task.FromResult(new ImageFsInfoResponse
        {
            ImageFilesystems = { usage },
            ContainerFilesystems = { usage },
        });
    }
}
