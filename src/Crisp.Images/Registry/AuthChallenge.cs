namespace Crisp.Images.Registry;

/// <summary>One challenge of a WWW-Authenticate header: a scheme and its parameters (RFC 9110, 11.6.1).</summary>
internal sealed record AuthChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>More than any registry sends; the rest is not looked at.</summary>
    private const int MaxHeaderLength = 8192;

    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<AuthChallenge> Parse(IEnumerable<string> headers) =>
        [.. headers.Where(header => header.Length <= MaxHeaderLength).SelectMany(ParseHeader)];

    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    private static List<AuthChallenge> ParseHeader(string header)
    {
        List<AuthChallenge> challenges = [];
        Dictionary<string, string>? parameters = null;
        var at = 0;
        while (true)
        {
            at = SkipSeparators(header, at);
            var word = Token(header, ref at);
            if (word.Length == 0) return challenges;
            if (at < header.Length && header[at] == '=' && parameters is not null)
            {
                at++;
                parameters[word] = Value(header, ref at);
                continue;
            }
            parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            challenges.Add(new AuthChallenge(word, parameters));
        }
    }

    private static int SkipSeparators(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or ',') at++;
        return at;
    }

    private static string Token(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || "!#$%&'*+-.^_`|~".Contains(text[at]))) at++;
        return text[start..at];
    }

    private static string Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"') return Token(text, ref at);
        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }
        at = Math.Min(at + 1, text.Length);
        return value.ToString();
    }
}
