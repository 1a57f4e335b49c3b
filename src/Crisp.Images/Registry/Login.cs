using System.Text;
using Crisp.Errors;
using Crisp.OciSpec;

namespace Crisp.Images.Registry;

/// <summary>Credentials in the form in which they are used, after all that CRI lets them be written as.</summary>
internal sealed record Login
{
    public string? Username { get; private init; }

    public string? Password { get; private init; }

    public string? IdentityToken { get; private init; }

    public string? RegistryToken { get; private init; }

    public bool HasPassword => !string.IsNullOrEmpty(Username) && Password is not null;

    /// <summary>How an error message calls them.</summary>
    public string Description => HasPassword ? $"the credentials of user \"{Username}\""
        : RegistryToken is not null ? "the registry token" : "the identity token";

    /// <summary>The value of an Authorization header of the scheme Basic (RFC 7617).</summary>
    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));

    /// <summary>Null: there are no credentials.</summary>
    public static Login? From(RegistryCredentials? credentials, string registry)
    {
        if (credentials is null) return null;
        CheckServer(credentials.ServerAddress, registry);
        var login = new Login
        {
            Username = NullIfEmpty(credentials.Username),
            Password = credentials.Password,
            IdentityToken = NullIfEmpty(credentials.IdentityToken),
            RegistryToken = NullIfEmpty(credentials.RegistryToken),
        };
        if (login.Username is null && !string.IsNullOrEmpty(credentials.Auth))
            login = WithAuth(login, credentials.Auth);
        return login.HasPassword || login.IdentityToken is not null || login.RegistryToken is not null ? login : null;
    }

    private static Login WithAuth(Login login, string auth)
    {
        var bytes = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth.Trim(), bytes, out var length))
            throw CrispException.InvalidArgument("auth", "is not base64");
        var text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) throw CrispException.InvalidArgument("auth", "is not base64 of user:password");
        return login with { Username = text[..colon], Password = text[(colon + 1)..] };
    }

    /// <summary>
    /// Credentials go to the host they belong to; pulling without them instead would hide the mistake.
    /// </summary>
    private static void CheckServer(string? serverAddress, string registry)
    {
        if (string.IsNullOrEmpty(serverAddress)) return;
        var host = serverAddress;
        var scheme = host.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) host = host[(scheme + 3)..];
        var path = host.IndexOf('/', StringComparison.Ordinal);
        if (path >= 0) host = host[..path];
        if (host is "index.docker.io" or "registry-1.docker.io" or "docker.com") host = Reference.DefaultRegistry;
        if (!host.Equals(registry, StringComparison.OrdinalIgnoreCase))
            throw CrispException.InvalidArgument(
                "server_address", $"the credentials are for {host}, the image is at {registry}");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public override string ToString() => $"Login of {Username}";
}
