using System.Net;
using System.Text.Json;
using Crisp.Errors;
using Crisp.OciSpec.Distribution;

namespace Crisp.Images.Registry;

/// <summary>Turns a registry's refusal into one sentence.</summary>
internal static class RegistryFailure
{
    /// <summary>Characters of the registry's own words that are passed on.</summary>
    private const int MaxQuote = 300;

    public static async Task<RegistryException> DescribeAsync(
        HttpResponseMessage response,
        RegistryEndpoint endpoint, string what, Authorization authorization, Limits limits,
        CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return authorization.Refused(response.StatusCode);
        var said = await ReadErrorsAsync(response, limits, cancellationToken);
        var status = (int)response.StatusCode;
        var (kind, message) = response.StatusCode switch
        {
            HttpStatusCode.NotFound => (ErrorKind.NotFound, $"{what} not found at registry {endpoint.Registry}"),
            HttpStatusCode.TooManyRequests =>
                (ErrorKind.Unavailable, $"registry {endpoint.Registry} asks for fewer requests (429)"),
            >= HttpStatusCode.InternalServerError =>
                (ErrorKind.Unavailable, $"registry {endpoint.Registry} failed to give {what}: status {status}"),
            _ => (ErrorKind.Unknown, $"registry {endpoint.Registry} did not give {what}: status {status}"),
        };
        return new RegistryException(
            kind, said.Length == 0 ? message : $"{message}: {said}") { Status = response.StatusCode };
    }

    private static async Task<string> ReadErrorsAsync(
        HttpResponseMessage response, Limits limits, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response, limits.ResponseBytes, "error response", cancellationToken);
            var errors = JsonSerializer.Deserialize(body, DistributionSpecJson.Default.RegistryErrors)?.Errors ?? [];
            var text = string.Join("; ", errors.Select(error => $"{error.Code}: {error.Message}"));
            var clean = new string([.. text.Where(c => !char.IsControl(c))]);
            return clean.Length <= MaxQuote ? clean : clean[..MaxQuote] + "…";
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException or RegistryException)
        {
            // The status says enough.
            return "";
        }
    }
}
