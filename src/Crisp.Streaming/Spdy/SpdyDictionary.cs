namespace Crisp.Streaming.Spdy;

/// <summary>
/// The dictionary that both ends of SPDY/3 prime zlib with before the first header block
/// (draft-mbelshe-httpbis-spdy-00, 2.6.10.1): names with a 32-bit length before each, then status lines, dates and
/// values.
/// </summary>
internal static class SpdyDictionary
{
    /// <summary>Adler-32 of <see cref="Bytes"/>, which a zlib stream begins with to name its dictionary.</summary>
    public const uint Adler = 0xE3C6A7C2;

    private static readonly string[] s_names =
    [
        "options", "head", "post", "put", "delete", "trace", "accept", "accept-charset", "accept-encoding",
        "accept-language", "accept-ranges", "age", "allow", "authorization", "cache-control", "connection",
        "content-base", "content-encoding", "content-language", "content-length", "content-location", "content-md5",
        "content-range", "content-type", "date", "etag", "expect", "expires", "from", "host", "if-match",
        "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified", "location",
        "max-forwards", "pragma", "proxy-authenticate", "proxy-authorization", "range", "referer", "retry-after",
        "server", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "vary", "via", "warning",
        "www-authenticate", "method", "get", "status", "200 OK", "version", "HTTP/1.1", "url", "public", "set-cookie",
        "keep-alive", "origin",
    ];

    private const string Values =
        "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
        + "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized"
        + "403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable"
        + "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
        + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,"
        + "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

    public static byte[] Bytes { get; } = Assemble();

    private static byte[] Assemble()
    {
        var bytes = new List<byte>(1423);
        foreach (var name in s_names)
        {
            bytes.AddRange([0, 0, 0, (byte)name.Length]);
            bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(name));
        }

        bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(Values));
        return [.. bytes];
    }
}
