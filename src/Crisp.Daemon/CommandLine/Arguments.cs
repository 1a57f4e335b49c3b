using Crisp.Daemon.Configuration;

namespace Crisp.Daemon.CommandLine;

/// <summary>The command line, taken apart.</summary>
internal sealed record Arguments
{
    public required Command Command { get; init; }

    public ConfigurationSources Sources { get; init; } = new();

    /// <summary>Keys given as options, in their order; each wins over the environment and over every file.</summary>
    public IReadOnlyList<ConfigurationOption> Options { get; init; } = [];

    /// <summary>What follows <c>status</c>.</summary>
    public IReadOnlyList<string> StatusWords { get; init; } = [];

    /// <summary><c>version --json</c></summary>
    public bool AsJson { get; init; }

    /// <summary><c>config --default</c>: read no file, no environment and no option.</summary>
    public bool DefaultsOnly { get; init; }
}
