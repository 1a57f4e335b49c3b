namespace Crisp.Ctl.Output;

/// <summary>The 13 characters of an ID that tables show.</summary>
internal static class ShortId
{
    private const int Length = 13;

    internal static string Of(string id, bool whole)
    {
        if (whole) return id;
        var bare = id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id;
        return bare.Length > Length ? bare[..Length] : bare;
    }

    /// <summary>An image that a container names by its ID is cut, one named by its reference is not.</summary>
    internal static string OfImage(string image, bool whole) =>
        image.StartsWith("sha256:", StringComparison.Ordinal) ? Of(image, whole) : image;
}
