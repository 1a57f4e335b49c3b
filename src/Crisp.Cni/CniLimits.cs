namespace Crisp.Cni;

/// <summary>What crisp takes from outside at most. Real configurations and results are a few KB.</summary>
internal static class CniLimits
{
    /// <summary>Bytes of one configuration file.</summary>
    internal const int ConfigurationBytes = 1024 * 1024;

    /// <summary>Bytes of a plugin's stdout, and of its stderr.</summary>
    internal const int OutputBytes = 1024 * 1024;

    /// <summary>
    /// For STATUS, which kubelet's question about the node waits for: it asks every few seconds and gives up after two
    /// minutes.
    /// </summary>
    internal static readonly TimeSpan StatusTime = TimeSpan.FromSeconds(10);

    /// <summary>Characters of a plugin's own text repeated in an error or a log line.</summary>
    internal const int QuotedCharacters = 512;

    /// <summary>Files of the configuration directory that are looked at.</summary>
    internal const int ConfigurationFiles = 256;
}
