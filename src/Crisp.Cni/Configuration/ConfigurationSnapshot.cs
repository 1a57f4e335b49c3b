namespace Crisp.Cni.Configuration;

/// <summary>What the configuration directory held at one moment, parsed; immutable.</summary>
internal sealed class ConfigurationSnapshot
{
    private readonly IReadOnlyList<ConfigurationFile>? _files;

    private ConfigurationSnapshot(
        IReadOnlyList<ConfigurationFile>? files,
        IReadOnlyList<(string File, NetworkConfigurationList Network)> networks,
        IReadOnlyList<(string File, string Problem)> skipped)
    {
        _files = files;
        Networks = networks;
        Skipped = skipped;
    }

    internal static ConfigurationSnapshot Empty { get; } = new(null, [], []);

    /// <summary>Of usable files, in the order of their names.</summary>
    internal IReadOnlyList<(string File, NetworkConfigurationList Network)> Networks { get; }

    internal IReadOnlyList<(string File, string Problem)> Skipped { get; }

    internal bool DirectoryMissing => _files is null;

    internal static ConfigurationSnapshot Parse(IReadOnlyList<ConfigurationFile>? files)
    {
        var networks = new List<(string, NetworkConfigurationList)>();
        var skipped = new List<(string, string)>();
        foreach (var file in files ?? [])
        {
            try
            {
                networks.Add((file.Name, file.Parse()));
            }
            catch (FormatException e)
            {
                skipped.Add((file.Name, e.Message));
            }
        }

        return new ConfigurationSnapshot(files, networks, skipped);
    }

    internal bool IsOf(IReadOnlyList<ConfigurationFile>? files)
    {
        if (files is null || _files is null) return files is null && _files is null;
        return files.Count == _files.Count && files.Zip(_files).All(pair => pair.First.SameAs(pair.Second));
    }
}
