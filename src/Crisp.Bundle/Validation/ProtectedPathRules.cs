namespace Crisp.Bundle.Validation;

/// <summary>Refusals of masked and read-only paths.</summary>
internal static class ProtectedPathRules
{
    public static void Validate(string field, IReadOnlyCollection<string> paths)
    {
        TextRules.Count(field, paths.Count, Limits.ProtectedPaths);
        foreach (var path in paths)
            PathRules.Absolute(field, path);
    }
}
