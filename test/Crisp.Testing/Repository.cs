using System.Runtime.CompilerServices;

namespace Crisp.Testing;

/// <summary>Where the tree under test is, and what was built from it.</summary>
public static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>A native program that `make publish` made; node tests run these, never a build for the JIT.</summary>
    public static string Published(string program)
    {
        var path = Path.Combine(Root, "out", "bin", program);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; run `make publish`");
    }

    /// <summary>A file of a Debian package that is not installed (fetched once, then kept in a cache).</summary>
    public static async Task<string> PackageFileAsync(string package, string path)
    {
        var unpacked = await Command.RunAsync(Path.Combine(Root, "test", "unpacked-package.sh"), [package]);
        unpacked.ShouldSucceed();
        return Path.Combine(unpacked.Output.Trim(), path);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
