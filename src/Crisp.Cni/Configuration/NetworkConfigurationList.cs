namespace Crisp.Cni.Configuration;

/// <summary>
/// A network configuration list (SPEC.md, section 1), parsed once and never changed; a single plugin's configuration
/// is a list of one.
/// </summary>
public sealed record NetworkConfigurationList
{
    public required string Name { get; init; }

    /// <summary>The highest version of cniVersion and cniVersions that crisp speaks.</summary>
    public required CniVersion Version { get; init; }

    /// <summary>The administrator forbids CHECK.</summary>
    public bool DisableCheck { get; init; }

    /// <summary>The administrator forbids GC, as when several runtimes share the network.</summary>
    public bool DisableGc { get; init; }

    public required IReadOnlyList<PluginConfiguration> Plugins { get; init; }

    /// <summary>The whole list as JSON, also when the file held a single plugin.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <exception cref="FormatException">The text is not a usable list; the message says why.</exception>
    public static NetworkConfigurationList Parse(ReadOnlyMemory<byte> json) => ConfigurationParser.ParseList(json);
}
