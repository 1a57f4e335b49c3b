using Crisp.Errors;

namespace Crisp.Images.Registry;

/// <summary>Reads a response body that has to fit into memory.</summary>
internal static class BoundedBody
{
    public static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, int maxBytes, string what, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes) throw TooLarge(what, maxBytes);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (content.Length + count > maxBytes) throw TooLarge(what, maxBytes);
            content.Write(buffer, 0, count);
        }
        return content.ToArray();
    }

    private static RegistryException TooLarge(string what, int maxBytes) =>
        new(ErrorKind.ResourceExhausted, $"the {what} has more than {maxBytes} bytes");
}
