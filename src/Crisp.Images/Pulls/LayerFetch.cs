using System.Buffers;
using Crisp.Errors;
using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.Linux;

namespace Crisp.Images.Pulls;

/// <summary>
/// Gets one layer into the staging directory: download, verification, the blob's file, decompression and unpacking
/// run as one stream. What is in the way of failure is removed by whoever asked.
/// </summary>
internal sealed class LayerFetch(BlobStore blobs, LayerStore layers, Limits limits, TimeProvider time)
{
    /// <summary>Fetches and unpacks a layer.</summary>
    public async Task<StagedLayer> UnpackAsync(
        LayerSource source, string directory, Action<long> progress, CancellationToken cancellationToken)
    {
        string? blobPath = null;
        LayerContent content;
        if (blobs.Has(source.Blob.Digest))
        {
            content = await UnpackStoredAsync(source, directory, cancellationToken);
        }
        else
        {
            blobPath = $"{directory}/blob";
            content = await DownloadAndUnpackAsync(source, blobPath, directory, progress, cancellationToken);
        }
        if (content.DiffId != source.DiffId)
            throw new CrispException(
                ErrorKind.DataLoss,
                $"layer {source.Blob.Digest} unpacks to {content.DiffId}, the image's configuration says {source.DiffId}");
        return new StagedLayer(directory, blobPath, source.Blob.Digest, content);
    }

    /// <summary>Fetches only the blob, for a layer that is unpacked already.</summary>
    public async Task<string> DownloadAsync(
        LayerSource source, Action<long> progress, CancellationToken cancellationToken)
    {
        var path = blobs.Ingest();
        try
        {
            using var file = Create(path);
            await new BlobDownload(source.Client, source.Blob, limits, time).RunAsync(
                file, null, progress, cancellationToken);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A directory to fetch a layer into.</summary>
    public string Stage() => layers.Stage();

    private async Task<LayerContent> DownloadAndUnpackAsync(
        LayerSource source,
        string blobPath, string directory, Action<long> progress, CancellationToken cancellationToken)
    {
        using var file = Create(blobPath);
        using var queue = new ChunkQueue();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var unpacking = OnOwnThread(() => Unpack(source, queue, directory, stop.Token));
        var reading = unpacking.ContinueWith(
            task => AfterUnpacking(task, queue, stop),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await new BlobDownload(source.Client, source.Blob, limits, time).RunAsync(
                file, queue, progress, stop.Token);
        }
        catch (Exception e)
        {
            queue.Break();
            await reading;
            // The unpacking stopped the download: its error is the cause.
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested) await unpacking;
            throw;
        }
        await reading;
        return await unpacking;
    }

    /// <summary>
    /// Content that cannot be unpacked may come of a registry that lies: the download goes on, so that the digest
    /// tells. After any other failure there is nothing left to learn.
    /// </summary>
    private static void AfterUnpacking(Task unpacking, ChunkQueue queue, CancellationTokenSource stop)
    {
        if (unpacking.IsCompletedSuccessfully) return;
        queue.Discard();
        if (unpacking.Exception?.InnerException is not CrispException { Kind: ErrorKind.DataLoss }) stop.Cancel();
    }

    private Task<LayerContent> UnpackStoredAsync(
        LayerSource source, string directory, CancellationToken cancellationToken) =>
        OnOwnThread(() =>
        {
            using var file = File.OpenRead(blobs.PathOf(source.Blob.Digest));
            return Unpack(source, file, directory, cancellationToken);
        });

    private LayerContent Unpack(LayerSource source, Stream blob, string directory, CancellationToken cancellationToken)
    {
        try
        {
            var open = LayerCompression.Of(source.Blob.MediaType)
                ?? throw new InvalidDataException("unknown layer type");
            using var archive = open(blob);
            var content = LayerUnpacker.Unpack(
                archive, $"{directory}/diff", source.DiffId.Algorithm, limits, cancellationToken);
            // The decompressor may stop before the blob does; the download counts on everything being taken.
            var rest = ArrayPool<byte>.Shared.Rent(64 * 1024);
            while (blob.Read(rest, 0, rest.Length) > 0)
            {
            }
            ArrayPool<byte>.Shared.Return(rest);
            return content;
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new CrispException(
                ErrorKind.DataLoss, $"layer {source.Blob.Digest} cannot be unpacked: {e.Message}", e);
        }
        catch (SyscallException e)
        {
            var kind = e.Errno is Errno.ENOSPC or Errno.EDQUOT ? ErrorKind.ResourceExhausted : ErrorKind.Internal;
            throw new CrispException(kind, $"layer {source.Blob.Digest} cannot be unpacked: {e.Message}", e);
        }
    }

    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        File.SetUnixFileMode(
            file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return file;
    }
}
