using System.Net.Http.Headers;
using System.Text;
using Crisp.Testing.Images;

namespace Crisp.Testing.Registries;

/// <summary>Puts images into a registry, by the distribution specification.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _address;

    public RegistryClient(string address, (string Name, string Password)? user)
    {
        _address = address;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        if (user is var (name, password))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{name}:{password}")));
    }

    /// <summary>Pushes the image and returns the name that pulls it.</summary>
    public async Task<string> PushAsync(TestImage image, string repository, string tag)
    {
        await PushContentAsync(image, repository);
        await PushManifestAsync(repository, tag, image.Manifest, image.ManifestType);
        return $"{_address}/{repository}:{tag}";
    }

    /// <summary>Pushes an index over the images and returns the name that pulls it.</summary>
    public async Task<string> PushIndexAsync(
        string repository, string tag, params (TestImage Image, string Architecture)[] images)
    {
        foreach ((TestImage image, _) in images)
        {
            await PushContentAsync(image, repository);
            await PushManifestAsync(repository, image.Digest, image.Manifest, image.ManifestType);
        }

        await PushManifestAsync(repository, tag, TestImage.Index(images), TestImage.OciIndexType);
        return $"{_address}/{repository}:{tag}";
    }

    public void Dispose() => _http.Dispose();

    private async Task PushContentAsync(TestImage image, string repository)
    {
        foreach (var layer in image.Layers)
            await PushBlobAsync(repository, layer.Bytes, layer.Digest);
        await PushBlobAsync(repository, image.Config, image.Id);
    }

    private async Task PushBlobAsync(string repository, byte[] bytes, string digest)
    {
        using var begun = await _http.PostAsync($"/v2/{repository}/blobs/uploads/", null);
        begun.EnsureSuccessStatusCode();
        var upload = new UriBuilder(new Uri(_http.BaseAddress!, begun.Headers.Location!));
        upload.Query = $"{upload.Query.TrimStart('?')}&digest={Uri.EscapeDataString(digest)}";
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var stored = await _http.PutAsync(upload.Uri, content);
        stored.EnsureSuccessStatusCode();
    }

    private async Task PushManifestAsync(string repository, string reference, byte[] bytes, string mediaType)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var stored = await _http.PutAsync($"/v2/{repository}/manifests/{reference}", content);
        stored.EnsureSuccessStatusCode();
    }
}
