namespace Crisp.Daemon.Configuration;

/// <summary>Which files are read.</summary>
internal sealed record ConfigurationSources
{
    public const string DefaultFile = "/etc/crisp/crisp.conf";

    /// <summary>
    /// Null: <see cref="DefaultFile"/>, which may be absent. A file that was asked for must be there.
    /// </summary>
    public string? File { get; init; }

    /// <summary>Drop-ins, files named *.conf. Null: the main file's name with ".d" behind it. May be absent.</summary>
    public string? Directory { get; init; }

    public string EffectiveFile => File ?? DefaultFile;

    public string EffectiveDirectory => Directory ?? EffectiveFile + ".d";
}
