using Crisp.Daemon.Configuration;

namespace Crisp.Daemon.CommandLine;

/// <summary>The command line, taken apart.</summary>
internal sealed record Arguments
{
    public required Command Command { get; init; }

    public ConfigurationSources Sources { get; init; } = new();

    /// <summary>Wins over every file.</summary>
    public string? LogLevel { get; init; }

    /// <summary><c>config --default</c>: read no file.</summary>
    public bool DefaultsOnly { get; init; }
}
