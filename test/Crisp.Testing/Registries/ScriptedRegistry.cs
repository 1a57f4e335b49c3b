using System.Net;
using System.Security.Cryptography.X509Certificates;
using Crisp.Testing.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crisp.Testing.Registries;

/// <summary>
/// A registry that does what a test tells it: lies about content, cuts a download off, holds it back.
/// </summary>
public sealed class ScriptedRegistry : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Dictionary<string, (byte[] Bytes, string Type)> _manifests = [];
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly List<string> _requests = [];

    private ScriptedRegistry(WebApplication application) => _application = application;

    public string Address { get; private set; } = "";

    /// <summary>What to do with the content of a blob instead of sending it; null sends it.</summary>
    public Func<string, byte[], HttpContext, Task<bool>>? OnBlob { get; set; }

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return _requests.ToList();
        }
    }

    /// <summary>Speaks TLS with the certificate, or plain HTTP where there is none.</summary>
    public static async Task<ScriptedRegistry> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port =>
        {
            if (certificate is not null)
                port.UseHttps(certificate);
        }));
        var application = builder.Build();
        var registry = new ScriptedRegistry(application);
        application.Run(registry.HandleAsync);
        await application.StartAsync();
        registry.Address = new Uri(application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First()).Authority;
        return registry;
    }

    public string Serve(TestImage image, string repository, string tag)
    {
        Serve(repository, tag, image.Manifest, image.ManifestType);
        foreach (var layer in image.Layers)
            _blobs[layer.Digest] = layer.Bytes;
        _blobs[image.Id] = image.Config;
        return $"{Address}/{repository}:{tag}";
    }

    public string Serve(string repository, string tag, byte[] manifest, string mediaType)
    {
        _manifests[$"{repository}/{tag}"] = (manifest, mediaType);
        _manifests[$"{repository}/{TestImage.DigestOf(manifest)}"] = (manifest, mediaType);
        return $"{Address}/{repository}:{tag}";
    }

    /// <summary>Other bytes under a digest than the ones that have it.</summary>
    public void ReplaceBlob(string digest, byte[] bytes) => _blobs[digest] = bytes;

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        lock (_requests)
            _requests.Add($"{context.Request.Method} {context.Request.Path}");
        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        if (parts is ["v2"])
            return context.Response.WriteAsync("{}");
        var reference = parts[^1];
        var repository = string.Join('/', parts[1..^2]);
        return parts[^2] == "manifests"
            ? SendManifestAsync(context, $"{repository}/{reference}")
            : SendBlobAsync(context, reference);
    }

    private async Task SendManifestAsync(HttpContext context, string key)
    {
        if (!_manifests.TryGetValue(key, out var manifest))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync(
                """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
            return;
        }

        context.Response.ContentType = manifest.Type;
        context.Response.ContentLength = manifest.Bytes.Length;
        context.Response.Headers["Docker-Content-Digest"] = TestImage.DigestOf(manifest.Bytes);
        if (context.Request.Method != "HEAD")
            await context.Response.Body.WriteAsync(manifest.Bytes);
    }

    private async Task SendBlobAsync(HttpContext context, string digest)
    {
        if (!_blobs.TryGetValue(digest, out var bytes))
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (OnBlob is { } script && await script(digest, bytes, context))
            return;
        context.Response.ContentLength = bytes.Length;
        if (context.Request.Method != "HEAD")
            await context.Response.Body.WriteAsync(bytes);
    }
}
