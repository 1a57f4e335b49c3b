using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Crisp.Errors;
using Crisp.OciSpec.Distribution;

namespace Crisp.Images.Registry;

/// <summary>
/// Fetches bearer tokens: github.com/distribution/distribution, "Token Authentication Specification" (GET, password
/// by Basic) and its OAuth2 form (POST, for identity tokens).
/// </summary>
internal sealed class TokenService(HttpMessageInvoker http, Limits limits)
{
    private const string ClientId = "crisp";

    public async Task<string> FetchAsync(
        RegistryEndpoint endpoint, AuthChallenge challenge, Login? login,
        Func<HttpStatusCode, RegistryException> refused, CancellationToken cancellationToken)
    {
        var realm = CheckRealm(endpoint, challenge.Parameter("realm"));
        var scope = challenge.Parameter("scope") ?? $"repository:{endpoint.Repository}:pull";
        var service = challenge.Parameter("service");
        using var request = login?.IdentityToken is { } identity
            ? Exchange(realm, service, scope, identity)
            : Get(realm, service, scope, login);
        using var response = await SendAsync(request, realm, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
            throw refused(response.StatusCode);
        if (!response.IsSuccessStatusCode)
            throw new RegistryException(
                ErrorKind.Unavailable,
                $"token server {realm.Authority} of registry {endpoint.Registry} answered {(int)response.StatusCode}")
            {
                Status = response.StatusCode,
            };
        return ReadToken(
            await BoundedBody.ReadAsync(response, limits.ResponseBytes, "token response", cancellationToken), realm);
    }

    /// <summary>A registry with TLS may not have the password sent in clear text, nor anywhere but by HTTP.</summary>
    private static Uri CheckRealm(RegistryEndpoint endpoint, string? realm)
    {
        if (!Uri.TryCreate(realm, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && endpoint.IsPlain))
            || uri.UserInfo.Length > 0)
            throw new RegistryException(
                ErrorKind.PermissionDenied,
                $"registry {endpoint.Registry} names a token server that is not to be trusted: \"{realm}\"");
        return uri;
    }

    private static HttpRequestMessage Get(Uri realm, string? service, string scope, Login? login)
    {
        var query = new System.Text.StringBuilder(realm.Query.TrimStart('?'));
        Append("service", service);
        foreach (var one in scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Append("scope", one);
        if (login is { HasPassword: true }) Append("account", login.Username);
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        if (login is { HasPassword: true })
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login.Basic);
        return request;

        void Append(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            if (query.Length > 0) query.Append('&');
            query.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static HttpRequestMessage Exchange(Uri realm, string? service, string scope, string identityToken) =>
        new(HttpMethod.Post, realm)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "refresh_token"),
                new("service", service ?? ""),
                new("scope", scope),
                new("client_id", ClientId),
                new("refresh_token", identityToken),
            ]),
        };

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Uri realm, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw RegistryException.Unreachable(realm, e);
        }
    }

    private static string ReadToken(byte[] body, Uri realm)
    {
        try
        {
            var response = JsonSerializer.Deserialize(body, DistributionSpecJson.Default.TokenResponse);
            var token = response?.Token ?? response?.AccessToken;
            if (!string.IsNullOrEmpty(token) && !token.Any(char.IsControl)) return token;
        }
        catch (JsonException)
        {
            // Said below, as for a token that is missing.
        }
        throw new RegistryException(ErrorKind.Unavailable, $"token server {realm.Authority} sent no token");
    }
}
