namespace Crisp.Images;

/// <summary>
/// Who pulls: CRI's AuthConfig. They replace each other in this order: registry token, identity token, password.
/// </summary>
public sealed record RegistryCredentials
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>base64 of user:password.</summary>
    public string? Auth { get; init; }

    /// <summary>The registry these belong to; they go to no other.</summary>
    public string? ServerAddress { get; init; }

    /// <summary>An OAuth2 refresh token.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token, sent as it is.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>Nothing of it may end up in a log.</summary>
    public override string ToString() => $"RegistryCredentials {{ Username = {Username} }}";
}
