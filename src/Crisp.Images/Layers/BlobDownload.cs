using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Crisp.Images.Registry;
using Crisp.OciSpec.Image;
using Microsoft.Win32.SafeHandles;

namespace Crisp.Images.Layers;

/// <summary>
/// Streams one blob into a file and, where wanted, to the unpacking; verifies size and digest on the way. A connection
/// that breaks is resumed where it broke.
/// </summary>
internal sealed class BlobDownload(RegistryClient client, Descriptor descriptor, Limits limits, TimeProvider time)
{
    private const int ChunkBytes = 128 * 1024;

    private long _received;

    /// <param name="file">Gets the bytes as they come.</param>
    /// <param name="queue">Gets them as well; may be null.</param>
    /// <param name="progress">Is told how many bytes have arrived.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        SafeFileHandle file, ChunkQueue? queue, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = descriptor.Digest.StartHash();
        for (var failures = 0; ;)
        {
            var before = _received;
            try
            {
                await ReceiveAsync(file, queue, hash, progress, cancellationToken);
                break;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
            {
                failures = _received > before ? 1 : failures + 1;
                if (failures >= limits.Attempts)
                    throw new RegistryException(
                        Errors.ErrorKind.Unavailable,
                        $"the download of {descriptor.Digest} broke off at byte {_received} of {descriptor.Size}: {e.Message}", e);
            }
            await Task.Delay(limits.RetryDelay * failures, time, cancellationToken);
        }
        var actual = OciSpec.Digest.FromHash(descriptor.Digest.Algorithm, hash.GetHashAndReset());
        if (actual != descriptor.Digest) throw client.Lies("blob", $"digest {actual} instead of {descriptor.Digest}");
        queue?.Complete();
    }

    private async Task ReceiveAsync(
        SafeFileHandle file,
        ChunkQueue? queue, IncrementalHash hash, Action<long> progress, CancellationToken cancellationToken)
    {
        if (_received == descriptor.Size && descriptor.Size > 0) return;
        using var response = await client.OpenBlobAsync(descriptor.Digest, _received, cancellationToken);
        var skip = CheckExtent(response);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (true)
        {
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            var count = await ReadAsync(body, chunk, stall, cancellationToken);
            if (count == 0)
            {
                ArrayPool<byte>.Shared.Return(chunk);
                break;
            }
            var skipped = (int)Math.Min(skip, count);
            skip -= skipped;
            await TakeAsync(
                new ArraySegment<byte>(chunk, skipped, count - skipped), file, queue, hash, cancellationToken);
            progress(_received);
        }
        if (_received < descriptor.Size) throw new IOException("the connection was closed early");
    }

    private async ValueTask TakeAsync(
        ArraySegment<byte> chunk,
        SafeFileHandle file, ChunkQueue? queue, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (_received + chunk.Count > descriptor.Size)
            throw client.Lies("blob", $"{descriptor.Digest} has more than its {descriptor.Size} bytes");
        hash.AppendData(chunk.Array!, chunk.Offset, chunk.Count); // "!": rented above
        RandomAccess.Write(file, chunk, _received);
        _received += chunk.Count;
        if (queue is not null && chunk.Count > 0) await queue.AddAsync(chunk, cancellationToken);
        else ArrayPool<byte>.Shared.Return(chunk.Array!); // "!": rented above
    }

    /// <summary>Checks what the response says it holds. Returns how many bytes of it are known already.</summary>
    private long CheckExtent(HttpResponseMessage response)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode is HttpStatusCode.PartialContent)
        {
            if (range?.From != _received || (range.Length is { } total && total != descriptor.Size))
                throw client.Lies("blob", $"range {range} of {descriptor.Digest} with {descriptor.Size} bytes");
            return 0;
        }
        if (response.Content.Headers.ContentLength is { } length && length != descriptor.Size)
            throw client.Lies("blob", $"{descriptor.Digest} has {length} bytes instead of {descriptor.Size}");
        return _received;
    }

    private async ValueTask<int> ReadAsync(
        Stream body, byte[] chunk, CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        stall.CancelAfter(limits.Stall);
        try
        {
            return await body.ReadAsync(chunk.AsMemory(0, ChunkBytes), stall.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing arrived for {limits.Stall.TotalSeconds:0} s", e);
        }
    }
}
