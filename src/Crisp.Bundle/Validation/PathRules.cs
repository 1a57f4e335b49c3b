using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of paths that do not stay where they seem to lead. Lexical only: nothing is looked up.</summary>
internal static class PathRules
{
    public static void Absolute(string field, string path)
    {
        Bounded(field, path);
        if (path.Length == 0)
            throw CrispException.InvalidArgument(field, "is missing");
        if (path[0] != '/')
            throw CrispException.InvalidArgument(field, $"\"{path}\" is not an absolute path");
        NoParent(field, path);
    }

    public static void Relative(string field, string path)
    {
        Bounded(field, path);
        if (path.StartsWith('/'))
            throw CrispException.InvalidArgument(field, $"\"{path}\" is absolute; it must lie beneath its directory");
        NoParent(field, path);
        if (path.EndsWith('/') || path.Split('/')[^1] == ".")
            throw CrispException.InvalidArgument(field, $"\"{path}\" does not name a file");
    }

    /// <summary>A file or directory beneath something, with or without a slash in front.</summary>
    public static void Inside(string field, string path)
    {
        Bounded(field, path);
        NoParent(field, path);
    }

    /// <summary>Without doubled slashes, "." components and a slash at the end. ".." has been refused before.</summary>
    public static string Clean(string path) =>
        "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    public static bool IsAtOrBeneath(string path, string directory) =>
        path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    private static void Bounded(string field, string path) => TextRules.Plain(field, path, Limits.PathBytes);

    private static void NoParent(string field, string path)
    {
        if (path.Split('/').Contains(".."))
            throw CrispException.InvalidArgument(field, $"\"{path}\" contains \"..\"");
    }
}
