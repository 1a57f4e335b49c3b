#pragma warning disable CA1822 // the surface first, its insides follow
using Crisp.Errors;
using Microsoft.Extensions.Logging;

namespace Crisp.Images;

/// <summary>The images of the node.</summary>
public sealed class ImageStore : IAsyncDisposable
{
    private readonly ImageStoreOptions _options;

    private ImageStore(ImageStoreOptions options)
    {
        _options = options;
        Snapshots = new Snapshots(options.Root);
    }

    public Snapshots Snapshots { get; }

    public static Task<ImageStore> OpenAsync(
        ImageStoreOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken) =>
        Task.FromResult(new ImageStore(options));

    /// <summary>By name, name@digest, ID or the beginning of an ID. Looks in memory only.</summary>
    public StoredImage? Find(string nameOrId) => null;

    public IReadOnlyList<StoredImage> List() => [];

    public Task<StoredImage> PullAsync(
        string image, RegistryCredentials? credentials, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        throw new CrispException(ErrorKind.Unimplemented, "pull is not there yet");

    /// <summary>The image goes, with all its names. Unknown is success.</summary>
    public Task RemoveAsync(string nameOrId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps the image from being removed until disposed; for the time between resolving an image and the record that names it.</summary>
    public IDisposable Retain(string imageId, string holder) => throw CrispException.NotFound("image", imageId);

    public FilesystemUsage Usage() => new(_options.Root, 0, 0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
