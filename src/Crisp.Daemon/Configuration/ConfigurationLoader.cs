using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Built-in defaults, then the main file, then every *.conf of the drop-in directory in lexical order: later wins,
/// key by key, as in cri-o.
/// </summary>
internal static class ConfigurationLoader
{
    public static LoadedConfiguration Load(ConfigurationSources sources)
    {
        var configuration = new CrispConfiguration();
        var warnings = new List<string>();
        foreach (var file in Files(sources))
            configuration = new ConfigurationFile(file, warnings).ApplyTo(configuration, Read(file));
        return new LoadedConfiguration(configuration, warnings);
    }

    private static IEnumerable<string> Files(ConfigurationSources sources)
    {
        if (sources.File is not null || File.Exists(sources.EffectiveFile))
            yield return sources.EffectiveFile;
        if (!Directory.Exists(sources.EffectiveDirectory))
            yield break;
        foreach (var file in Directory.GetFiles(sources.EffectiveDirectory, "*.conf").Order(StringComparer.Ordinal))
            yield return file;
    }

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
