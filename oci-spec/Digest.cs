using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Crisp.OciSpec;

/// <summary>
/// A content digest, "sha256:" and 64 lowercase hex digits or the same with sha512. There is no way to make one that
/// is malformed, so a digest is safe in a path and in a URL.
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    private readonly string? _hex;

    private Digest(DigestAlgorithm algorithm, string hex)
    {
        Algorithm = algorithm;
        _hex = hex;
    }

    public DigestAlgorithm Algorithm { get; }

    public string Hex => _hex ?? throw new InvalidOperationException("a digest that was never set");

    /// <summary>"sha256" or "sha512".</summary>
    public string AlgorithmName => Algorithm is DigestAlgorithm.Sha256 ? "sha256" : "sha512";

    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"\"{Clip(text)}\" is not a digest");

    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null) return false;
        if (text.StartsWith("sha256:", StringComparison.Ordinal))
            return TryMake(DigestAlgorithm.Sha256, text[7..], 64, out digest);
        if (text.StartsWith("sha512:", StringComparison.Ordinal))
            return TryMake(DigestAlgorithm.Sha512, text[7..], 128, out digest);
        return false;
    }

    public static Digest Sha256Of(ReadOnlySpan<byte> content) =>
        FromHash(DigestAlgorithm.Sha256, SHA256.HashData(content));

    /// <summary>The digest of content with the algorithm of this digest.</summary>
    public Digest OfSameAlgorithm(ReadOnlySpan<byte> content) =>
        FromHash(Algorithm, Algorithm is DigestAlgorithm.Sha256 ? SHA256.HashData(content) : SHA512.HashData(content));

    public static Digest FromHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash)
    {
        var expected = algorithm is DigestAlgorithm.Sha256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes;
        if (hash.Length != expected) throw new ArgumentException($"{algorithm} has {expected} bytes", nameof(hash));
        return new Digest(algorithm, Convert.ToHexStringLower(hash));
    }

    /// <summary>A hash to feed while content streams by.</summary>
    public IncrementalHash StartHash() =>
        IncrementalHash.CreateHash(
            Algorithm is DigestAlgorithm.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);

    public override string ToString() => _hex is null ? "" : $"{AlgorithmName}:{_hex}";

    private static bool TryMake(DigestAlgorithm algorithm, string hex, int length, out Digest digest)
    {
        digest = default;
        if (hex.Length != length) return false;
        foreach (var c in hex)
        {
            if (!char.IsAsciiHexDigitLower(c)) return false;
        }
        digest = new Digest(algorithm, hex);
        return true;
    }

    private static string Clip(string text) => text.Length <= 160 ? text : text[..160] + "…";
}
