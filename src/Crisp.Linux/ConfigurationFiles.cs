namespace Crisp.Linux;

/// <summary>
/// Reads the small files of configuration directories whole. Whoever compares content cannot miss a change, or mistake
/// one, as a watch or times and sizes can; and a directory that is not there costs one call.
/// </summary>
public static class ConfigurationFiles
{
    private const int MostFiles = 1024;

    /// <summary>
    /// Bytes of one file; a generated CDI specification of a machine with many devices has a few 100 KB.
    /// </summary>
    private const int MostBytes = 4 << 20;

    /// <summary>Files with one of the extensions (".json"), by directory in the order given, then by name.</summary>
    public static IReadOnlyList<ConfigurationFile> Read(
        IReadOnlyList<string> directories, IReadOnlyList<string> extensions) =>
        [.. directories.SelectMany(directory => Names(directory, extensions))
            .Take(MostFiles).Select(ReadFile).OfType<ConfigurationFile>()];

    public static bool Same(IReadOnlyList<ConfigurationFile> one, IReadOnlyList<ConfigurationFile> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.SameAs(pair.Second));

    private static IEnumerable<string> Names(string directory, IReadOnlyList<string> extensions)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory)
                .Where(path => extensions.Contains(Path.GetExtension(path)))
                .Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Null when it went away since the listing.</summary>
    private static ConfigurationFile? ReadFile(string path)
    {
        try
        {
            using var file = FileDescriptor.Open(
                path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal);
            if (!FileStatus.Of(file).IsRegularFile)
                return new ConfigurationFile(path, default, "it is not a regular file");
            return file.ReadToEnd(MostBytes) is { } content
                ? new ConfigurationFile(path, content, null)
                : new ConfigurationFile(path, default, $"it is longer than {MostBytes} bytes");
        }
        catch (SyscallException error)
        {
            return error.Errno == Errno.ENOENT ? null : new ConfigurationFile(path, default, error.Errno.Describe());
        }
    }
}
