using System.Net;
using System.Net.Http.Headers;
using Crisp.Errors;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Registry;

/// <summary>
/// Reads one repository by the distribution API (distribution-spec, "Pull"), for the time of one pull.
/// </summary>
internal sealed class RegistryClient
{
    private static readonly string[] s_manifestTypes =
        [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerManifestList, MediaTypes.DockerManifest];

    private readonly RegistryEndpoint _endpoint;
    private readonly RegistryTransport _transport;
    private readonly Limits _limits;

    public RegistryClient(
        HttpMessageInvoker http, RegistryEndpoint endpoint, Login? login, Limits limits, TimeProvider time)
    {
        _endpoint = endpoint;
        _limits = limits;
        var authorization = new Authorization(endpoint, login, new TokenService(http, limits));
        _transport = new RegistryTransport(http, endpoint, authorization, limits, time);
    }

    public Task<FetchedManifest> GetManifestAsync(string tag, CancellationToken cancellationToken) =>
        FetchManifestAsync(tag, null, cancellationToken);

    public Task<FetchedManifest> GetManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        FetchManifestAsync(digest.ToString(), digest, cancellationToken);

    /// <summary>A blob that fits into memory, verified.</summary>
    public async Task<byte[]> GetSmallBlobAsync(
        Descriptor descriptor, int maxBytes, string what, CancellationToken cancellationToken)
    {
        if (descriptor.Size > maxBytes) throw new RegistryException(
            ErrorKind.ResourceExhausted, $"the {what} has {descriptor.Size} bytes, more than {maxBytes}");
        using var response = await OpenBlobAsync(descriptor.Digest, 0, cancellationToken);
        var content = await BoundedBody.ReadAsync(response, maxBytes, what, cancellationToken);
        if (content.Length != descriptor.Size) throw Lies(what, $"{content.Length} bytes instead of {descriptor.Size}");
        var actual = descriptor.Digest.OfSameAlgorithm(content);
        return actual == descriptor.Digest
            ? content
            : throw Lies(what, $"digest {actual} instead of {descriptor.Digest}");
    }

    /// <summary>
    /// A blob's bytes, not verified, from an offset where the registry can do that: then the status is 206.
    /// </summary>
    public Task<HttpResponseMessage> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken) =>
        _transport.GetAsync(
            _endpoint.Blob(digest), $"blob {digest} of {_endpoint.Repository}",
            headers =>
            {
                headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
                if (offset > 0) headers.Range = new RangeHeaderValue(offset, null);
            },
            cancellationToken);

    public RegistryException Lies(string what, string problem) =>
        new(ErrorKind.DataLoss, $"registry {_endpoint.Registry} sent a wrong {what}: {problem}");

    private async Task<FetchedManifest> FetchManifestAsync(
        string reference, Digest? expected, CancellationToken cancellationToken)
    {
        var name = $"{_endpoint.Registry}/{_endpoint.Repository}{(expected is null ? ":" : "@")}{reference}";
        using var response = await _transport.GetAsync(
            _endpoint.Manifest(reference), $"image {name}",
            headers =>
            {
                foreach (var type in s_manifestTypes) headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            },
            cancellationToken);
        if (response.StatusCode is not HttpStatusCode.OK)
            throw Lies("manifest", $"status {(int)response.StatusCode}");
        var content = await ReadAsync(response, cancellationToken);
        var wanted = expected ?? StatedDigest(response);
        var actual = wanted?.OfSameAlgorithm(content) ?? Digest.Sha256Of(content);
        if (wanted is { } digest && digest != actual) throw Lies("manifest", $"digest {actual} instead of {digest}");
        return new FetchedManifest(content, response.Content.Headers.ContentType?.MediaType, actual);
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedBody.ReadAsync(response, _limits.ManifestBytes, "manifest", cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw RegistryException.Unreachable(_endpoint.Base, e);
        }
    }

    private static Digest? StatedDigest(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values)
        && Digest.TryParse(values.FirstOrDefault(), out var digest) ? digest : null;
}
