namespace Crisp.Errors;

/// <summary>
/// An error with a kind and a sentence that names the object and the remedy. Projects derive their own where a
/// caller needs more than the kind.
/// </summary>
public class CrispException : Exception
{
    public CrispException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
    }

    public ErrorKind Kind { get; }

    /// <summary>A field that is missing, malformed or contradictory; the message starts with its CRI name.</summary>
    public static CrispException InvalidArgument(string field, string problem) =>
        new(ErrorKind.InvalidArgument, $"{field}: {problem}");

    /// <summary>An object, such as "container" or "image", that is not there.</summary>
    public static CrispException NotFound(string what, string id) =>
        new(ErrorKind.NotFound, $"{what} \"{id}\" not found");
}
