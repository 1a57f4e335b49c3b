using System.Net.Http.Headers;
using Crisp.Errors;

namespace Crisp.Images.Registry;

#pragma warning disable CA1001 // nothing to dispose of: no timer and no wait handle behind it

/// <summary>
/// How one pull proves itself to its registry: it sends nothing until the registry asks, then answers the challenge
/// and keeps the answer for the requests that follow. Whoever gave credentials is never taken for anonymous.
/// </summary>
internal sealed class Authorization(RegistryEndpoint endpoint, Login? login, TokenService tokens)
{
    // Without a wait handle there is nothing to dispose; a layer's download may outlive the pull that began it.
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile AuthenticationHeaderValue? _header =
        login?.RegistryToken is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;

    public AuthenticationHeaderValue? Header => _header;

    /// <summary>Answers a challenge. <paramref name="used"/> is the header the refused request carried.</summary>
    public async Task AnswerAsync(
        AuthenticationHeaderValue? used, IReadOnlyList<AuthChallenge> challenges, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            // Another layer's request has renewed the token meanwhile.
            if (!ReferenceEquals(used, _header)) return;
            _header = await NewHeaderAsync(challenges, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public RegistryException Refused(System.Net.HttpStatusCode status) => new(
        ErrorKind.PermissionDenied,
        login is null
            ? $"registry {endpoint.Registry} does not give {endpoint.Repository} to anonymous clients: credentials are needed (pull access denied, or the repository does not exist)"
            : $"registry {endpoint.Registry} refused {login.Description} for {endpoint.Repository}: unauthorized")
    {
        Status = status,
    };

    private async Task<AuthenticationHeaderValue> NewHeaderAsync(
        IReadOnlyList<AuthChallenge> challenges, CancellationToken cancellationToken)
    {
        if (login?.RegistryToken is not null) throw Refused(System.Net.HttpStatusCode.Unauthorized);
        if (challenges.FirstOrDefault(challenge => challenge.IsBearer) is { } bearer)
        {
            var token = await tokens.FetchAsync(endpoint, bearer, login, Refused, cancellationToken);
            return new AuthenticationHeaderValue("Bearer", token);
        }
        if (challenges.Any(challenge => challenge.IsBasic) && login is { HasPassword: true })
            return new AuthenticationHeaderValue("Basic", login.Basic);
        throw Refused(System.Net.HttpStatusCode.Unauthorized);
    }
}
