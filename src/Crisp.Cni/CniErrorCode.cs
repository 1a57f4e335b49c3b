namespace Crisp.Cni;

/// <summary>The codes CNI reserves (SPEC.md, "Error"); plugins use 100 and up for their own.</summary>
public static class CniErrorCode
{
    /// <summary>The plugin does not speak the configuration's cniVersion.</summary>
    public const int IncompatibleVersion = 1;

    /// <summary>The message names the field and its value.</summary>
    public const int UnsupportedField = 2;

    /// <summary>The container is unknown; nothing needs to be cleaned up.</summary>
    public const int UnknownContainer = 3;

    public const int InvalidEnvironment = 4;

    public const int InputOutput = 5;

    public const int DecodingFailure = 6;

    public const int InvalidNetworkConfiguration = 7;

    /// <summary>A passing condition: the same call may work later.</summary>
    public const int TryAgainLater = 11;

    /// <summary>STATUS: the plugin cannot serve ADD now.</summary>
    public const int NotAvailable = 50;

    /// <summary>STATUS: as NotAvailable, and existing containers may have lost connectivity.</summary>
    public const int LimitedConnectivity = 51;
}
