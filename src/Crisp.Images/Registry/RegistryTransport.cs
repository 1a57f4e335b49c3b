using System.Net;
using System.Net.Http.Headers;
using Crisp.Errors;
using Polly;
using Polly.Retry;

namespace Crisp.Images.Registry;

/// <summary>
/// Sends requests to one registry: answers its challenges, follows its redirects without taking credentials along,
/// and tries again where that can help.
/// </summary>
internal sealed class RegistryTransport(
    HttpMessageInvoker http, RegistryEndpoint endpoint, Authorization authorization, Limits limits, TimeProvider time)
{
    /// <summary>The longest pause a registry may ask for before it counts as unavailable.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(20);

    private readonly ResiliencePipeline<HttpResponseMessage> _retry = BuildRetry(limits, time);

    /// <summary>
    /// A successful response with unread body, or an error that says what is wrong and calls what was asked for by the
    /// name given.
    /// </summary>
    public async Task<HttpResponseMessage> GetAsync(
        Uri uri, string what, Action<HttpRequestHeaders> headers, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _retry.ExecuteAsync(
                async token => await SendAsync(uri, headers, token), cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw RegistryException.Unreachable(uri, e);
        }
        catch (TimeoutException e)
        {
            throw RegistryException.Unreachable(uri, e);
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RegistryFailure.DescribeAsync(
            response, endpoint, what, authorization, limits, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri uri, Action<HttpRequestHeaders> headers, CancellationToken cancellationToken)
    {
        var answered = false;
        for (var redirects = 0; ;)
        {
            var atHome = endpoint.IsSameOrigin(uri);
            var credentials = atHome ? authorization.Header : null;
            var response = await SendOnceAsync(uri, credentials, headers, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized && atHome && !answered)
            {
                answered = true;
                using (response)
                {
                    var challenges = AuthChallenge.Parse(
                        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values) ? values : []);
                    await authorization.AnswerAsync(credentials, challenges, cancellationToken);
                }
                continue;
            }
            if (!IsRedirect(response)) return response;
            using (response)
            {
                if (++redirects > limits.Redirects) throw Untrusted($"redirects more than {limits.Redirects} times");
                uri = RedirectTarget(uri, response.Headers.Location);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        Uri uri,
        AuthenticationHeaderValue? credentials, Action<HttpRequestHeaders> headers, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limits.Stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = credentials;
        headers(request.Headers);
        try
        {
            return await http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {limits.Stall.TotalSeconds:0} s", e);
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found
            or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private Uri RedirectTarget(Uri from, Uri? location)
    {
        if (location is null) throw Untrusted("redirects to nowhere");
        var target = new Uri(from, location);
        var allowed = target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && endpoint.IsPlain);
        return allowed
            ? target
            : throw Untrusted($"redirects to {target.Scheme}://{target.Authority}, which is not protected");
    }

    private RegistryException Untrusted(string problem) =>
        new(ErrorKind.PermissionDenied, $"registry {endpoint.Registry} {problem}");

    private static ResiliencePipeline<HttpResponseMessage> BuildRetry(Limits limits, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (limits.Attempts <= 1) return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = limits.Attempts - 1,
            Delay = limits.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome switch
            {
                { Exception: HttpRequestException or TimeoutException } => true,
                { Result: { } response } => IsTransient(response.StatusCode),
                _ => false,
            }),
            DelayGenerator = static args => ValueTask.FromResult(PauseAskedFor(args.Outcome.Result)),
            OnRetry = static args =>
            {
                args.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests
            or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>Retry-After in seconds, bounded; null: the usual pause.</summary>
    private static TimeSpan? PauseAskedFor(HttpResponseMessage? response) =>
        response?.Headers.RetryAfter?.Delta is not { } pause ? null : pause < s_longestPause ? pause : s_longestPause;
}
