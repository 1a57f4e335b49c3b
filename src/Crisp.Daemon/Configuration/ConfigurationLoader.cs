using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Built-in defaults, then the main file, then every file of the drop-in directory, then the environment and the
/// command line: later wins, key by key, as in cri-o.
/// </summary>
internal static class ConfigurationLoader
{
    private static readonly string[] Leftovers =
        [".bak", ".orig", ".swp", ".dpkg-dist", ".dpkg-new", ".dpkg-old", ".rpmnew", ".rpmorig", ".rpmsave"];

    public static LoadedConfiguration Load(
        ConfigurationSources sources, params IReadOnlyList<ConfigurationOption> options)
    {
        var configuration = new CrispConfiguration();
        if (sources.Listen is { } listen)
            configuration = configuration with { Api = configuration.Api with { Listen = listen } };
        var warnings = new List<string>();
        foreach (var file in Files(sources))
            configuration = new ConfigurationFile(file, warnings).ApplyTo(configuration, Read(file));
        return new LoadedConfiguration(
            ConfigurationOptions.ApplyTo(configuration, options, warnings), configuration, warnings);
    }

    private static IEnumerable<string> Files(ConfigurationSources sources)
    {
        if (sources.File is { Length: > 0 } || File.Exists(sources.EffectiveFile))
            yield return sources.EffectiveFile;
        if (File.Exists(sources.EffectiveDirectory))
            yield return sources.EffectiveDirectory; // one file in the place of the directory, as cri-o has it
        if (!Directory.Exists(sources.EffectiveDirectory))
            yield break;
        foreach (var file in DropIns(sources.EffectiveDirectory).Order(StringComparer.Ordinal))
            yield return file;
    }

    /// <summary>
    /// The files of a directory and of those in it. Links to directories are not followed, they may lead round in a
    /// circle; nor are directories read whose name begins with a dot, such as .git.
    /// </summary>
    private static IEnumerable<string> DropIns(string directory) =>
        Directory.GetFiles(directory).Where(IsDropIn).Concat(new DirectoryInfo(directory).GetDirectories()
            .Where(inner => inner.LinkTarget is null && inner.Name is not ['.', ..])
            .SelectMany(inner => DropIns(inner.FullName)));

    /// <summary>
    /// Whatever its name, as in cri-o; but not what editors and package managers leave beside a file.
    /// </summary>
    private static bool IsDropIn(string file) =>
        Path.GetFileName(file) is not (['.', ..] or ['#', ..] or [.., '~'])
        && !Leftovers.Any(ending => file.EndsWith(ending, StringComparison.Ordinal));

    private static TomlTable Read(string file)
    {
        try
        {
            return TomlDocument.Parse(File.ReadAllBytes(file));
        }
        catch (TomlException e)
        {
            throw new ConfigurationException($"{file} {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"{file}: no such configuration file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {e.Message}", e);
        }
    }
}
