using System.Collections.Concurrent;
using System.Globalization;
using Crisp.OciSpec;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crisp.Images.Tests.Fakes;

/// <summary>A registry on a loopback port that serves what it is given and misbehaves when told to.</summary>
internal sealed class RegistryDouble : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> _manifests = new();
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();

    private RegistryDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Sees each request first; true: it has answered.</summary>
    public Func<HttpContext, Task<bool>> Intercept { get; set; } = static _ => Task.FromResult(false);

    /// <summary>"METHOD path" of each request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Host => new Uri(_application.Urls.First()).Authority;

    public static async Task<RegistryDouble> StartAsync()
    {
        var registry = new RegistryDouble();
        await registry._application.StartAsync();
        return registry;
    }

    public void AddBlob(string digest, byte[] content) => _blobs[digest] = content;

    public void AddManifest(string repository, string reference, byte[] content, string type)
    {
        _manifests[$"{repository}/{reference}"] = (content, type);
        _manifests[$"{repository}/{Digest.Sha256Of(content)}"] = (content, type);
    }

    /// <summary>A manifest under a reference that is not its digest.</summary>
    public void AddLyingManifest(string repository, string reference, byte[] content, string type) =>
        _manifests[$"{repository}/{reference}"] = (content, type);

    public int Count(string part) => Requests.Count(request => request.Contains(part, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        Requests.Enqueue($"{context.Request.Method} {path}");
        if (await Intercept(context)) return;
        if (path.Split("/manifests/") is [var repository, var reference]
            && _manifests.TryGetValue($"{repository["/v2/".Length..]}/{reference}", out var manifest))
        {
            context.Response.ContentType = manifest.Type;
            await context.Response.Body.WriteAsync(manifest.Content);
            return;
        }
        if (path.Split("/blobs/") is [_, var digest] && _blobs.TryGetValue(digest, out var blob))
        {
            await SendAsync(context, blob);
            return;
        }
        context.Response.StatusCode = 404;
    }

    private static async Task SendAsync(HttpContext context, byte[] blob)
    {
        var start = 0;
        if (context.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            start = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{blob.Length - 1}/{blob.Length}";
        }
        context.Response.ContentLength = blob.Length - start;
        await context.Response.Body.WriteAsync(blob.AsMemory(start));
    }
}
