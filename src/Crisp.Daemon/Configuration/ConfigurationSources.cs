namespace Crisp.Daemon.Configuration;

/// <summary>Which files are read.</summary>
internal sealed record ConfigurationSources
{
    public const string DefaultFile = "/etc/crisp/crisp.conf";

    /// <summary>The name of the program whose place crisp can take, and of its directories.</summary>
    public const string CriO = "crio";

    /// <summary>
    /// Null: <see cref="DefaultFile"/>, which may be absent. A file that was asked for must be there. Empty: none.
    /// </summary>
    public string? File { get; init; }

    /// <summary>Drop-ins. Null: the main file's name with ".d" behind it. May be absent. Empty: none.</summary>
    public string? Directory { get; init; }

    /// <summary>The main file where none is asked for.</summary>
    public string Default { get; init; } = DefaultFile;

    /// <summary>Where the drop-ins are whatever the main file is. Null: beside it.</summary>
    public string? DefaultDirectory { get; init; }

    /// <summary>The unix socket where no file names one. Null: crisp's own.</summary>
    public string? Listen { get; init; }

    /// <summary>Where cri-o's users keep their files, and where their clients look for the socket.</summary>
    public static ConfigurationSources OfCriO => new()
    {
        Default = "/etc/crio/crio.conf",
        DefaultDirectory = "/etc/crio/crio.conf.d",
        Listen = "/var/run/crio/crio.sock",
    };

    /// <summary>What is built in, for the name that the program was called by.</summary>
    public ConfigurationSources WithoutFiles => this with { File = "", Directory = "" };

    public bool IsChosen => File is not null || Directory is not null;

    public string EffectiveFile => File ?? Default;

    public string EffectiveDirectory =>
        Directory ?? DefaultDirectory ?? (EffectiveFile.Length == 0 ? "" : EffectiveFile + ".d");
}
