namespace Crisp.Grpc.Wire;

/// <summary>Values of -bin metadata: base64, written without padding, read with or without.</summary>
internal static class BinaryMetadata
{
    public static string Encode(byte[] value) => Convert.ToBase64String(value).TrimEnd('=');

    public static bool TryDecode(string text, out byte[] value)
    {
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        value = new byte[padded.Length / 4 * 3];
        var isValid = Convert.TryFromBase64String(padded, value, out var length);
        Array.Resize(ref value, length);
        return isValid;
    }
}
