using System.Net;
using Crisp.OciSpec;

namespace Crisp.Images.Registry;

/// <summary>Where a repository is served: the host behind a registry's name, and whether it speaks TLS.</summary>
/// <param name="Base">scheme://host[:port]/.</param>
/// <param name="Registry">The name people use.</param>
/// <param name="Repository">The path of the repository, safe in a URL by its grammar.</param>
internal sealed record RegistryEndpoint(Uri Base, string Registry, string Repository)
{
    /// <summary>The host behind the name docker.io.</summary>
    private const string DockerHubHost = "registry-1.docker.io";

    public static RegistryEndpoint For(Reference reference, IReadOnlyList<string> insecureRegistries)
    {
        var host = reference.Registry == Reference.DefaultRegistry ? DockerHubHost : reference.Registry;
        var plain = insecureRegistries.Contains(reference.Registry, StringComparer.OrdinalIgnoreCase)
            || IsLoopback(host);
        return new RegistryEndpoint(
            new Uri($"{(plain ? "http" : "https")}://{host}/"), reference.Registry, reference.Repository);
    }

    public bool IsPlain => Base.Scheme == Uri.UriSchemeHttp;

    /// <summary>
    /// distribution-spec, "Pulling manifests". The reference is a tag or a digest, both safe by their grammar.
    /// </summary>
    public Uri Manifest(string reference) => new(Base, $"v2/{Repository}/manifests/{reference}");

    /// <summary>distribution-spec, "Pulling blobs".</summary>
    public Uri Blob(Digest digest) => new(Base, $"v2/{Repository}/blobs/{digest}");

    public bool IsSameOrigin(Uri uri) =>
        uri.Scheme == Base.Scheme
            && uri.Port == Base.Port && string.Equals(uri.Host, Base.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>localhost, 127.0.0.0/8 and [::1], with or without a port.</summary>
    internal static bool IsLoopback(string hostAndPort)
    {
        var host = new Uri($"http://{hostAndPort}/").DnsSafeHost;
        return host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
