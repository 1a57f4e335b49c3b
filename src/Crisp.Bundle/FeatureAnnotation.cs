namespace Crisp.Bundle;

/// <summary>
/// Annotations of a pod that crisp itself acts on. Each has a name of today and one of former cri-o versions; the
/// handler has to allow one of the two, by its exact name (CVE-2023-6476 was a match by prefix).
/// </summary>
public static class FeatureAnnotation
{
    /// <summary>The value; null when it is not there or not allowed.</summary>
    public static string? Find(
        IReadOnlyDictionary<string, string> annotations, IReadOnlyList<string> allowed, string name, string formerName)
    {
        if (annotations.Count == 0 || !(allowed.Contains(name) || allowed.Contains(formerName)))
            return null;
        return annotations.TryGetValue(name, out var value) || annotations.TryGetValue(formerName, out value)
            ? value
            : null;
    }
}
