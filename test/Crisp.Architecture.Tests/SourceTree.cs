using System.Runtime.CompilerServices;

namespace Crisp.Architecture.Tests;

/// <summary>The working tree as the rules see it: what is written by hand, without what was built from it.</summary>
public static class SourceTree
{
    private static readonly HashSet<string> BuiltDirectories = ["bin",
        "obj", "out", "TestResults", "node_modules", ".git"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>This project, which names what it forbids and so is no subject of the textual rules.</summary>
    public const string Self = "test/Crisp.Architecture.Tests/";

    /// <summary>Every file, by its path relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = Walk(Root).Order(StringComparer.Ordinal).ToList();

    public static IEnumerable<string> Code => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> ProductCode =>
        Code.Where(file => !file.StartsWith("test/", StringComparison.Ordinal));

    public static IEnumerable<string> TestCode => Code.Where(file =>
        file.StartsWith("test/", StringComparison.Ordinal) && !file.StartsWith(Self, StringComparison.Ordinal));

    public static IEnumerable<string> Projects =>
        Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>"file:line: text" for each line of the files that matches.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<string> files, Func<string, bool> matches) =>
        files.SelectMany(file => Read(file).Split('\n')
            .Select((line, index) => (line, index))
            .Where(entry => matches(entry.line))
            .Select(entry => $"{file}:{entry.index + 1}: {entry.line.Trim()}")).ToList();

    private static IEnumerable<string> Walk(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory))
            yield return Path.GetRelativePath(Root, file);

        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            if (BuiltDirectories.Contains(Path.GetFileName(child)))
                continue;
            foreach (var file in Walk(child))
                yield return file;
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
