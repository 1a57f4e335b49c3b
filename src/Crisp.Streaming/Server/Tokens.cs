using System.Buffers.Text;
using System.Security.Cryptography;
using Crisp.Errors;

namespace Crisp.Streaming.Server;

/// <summary>URLs that are given out and not used yet. A token is good for one use, and for a while.</summary>
internal sealed class Tokens(StreamServerOptions options, TimeProvider time)
{
    /// <summary>Nobody guesses that many, bytes.</summary>
    private const int Entropy = 24;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (StreamRequest Request, long Given)> _given = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = new();

    /// <exception cref="CrispException">ResourceExhausted: too many are out.</exception>
    public string Add(StreamRequest request)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Entropy));
        lock (_lock)
        {
            Expire();
            if (_given.Count >= options.MostTokens)
                throw new CrispException(
                    ErrorKind.ResourceExhausted,
                    $"{_given.Count} streaming URLs are given out and not used; the oldest ends within {options.TokenLifetime.TotalSeconds:0} s");
            _given[token] = (request, time.GetTimestamp());
            _byAge.Enqueue(token);
        }

        return token;
    }

    /// <summary>What the token was given out for, once; null when it is unknown, used or too old.</summary>
    public StreamRequest? Take(string token)
    {
        lock (_lock)
        {
            Expire();
            return _given.Remove(token, out var entry) ? entry.Request : null;
        }
    }

    private void Expire()
    {
        while (_byAge.TryPeek(out var oldest)
            && (!_given.TryGetValue(oldest, out var entry) || time.GetElapsedTime(entry.Given) > options.TokenLifetime))
        {
            _given.Remove(oldest);
            _byAge.Dequeue();
        }
    }
}
