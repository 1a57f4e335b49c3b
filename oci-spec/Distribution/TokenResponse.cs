using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Distribution;

/// <summary>What a token server answers (distribution's token authentication; also its OAuth2 form).</summary>
public sealed record TokenResponse
{
    public string? Token { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>Seconds; absent means 60.</summary>
    [JsonPropertyName("expires_in")]
    public int? ExpiresInSeconds { get; init; }
}
