namespace Crisp.Daemon.Configuration;

/// <summary>The configuration in effect, and one sentence for each key of the files that had no effect.</summary>
internal sealed record LoadedConfiguration(CrispConfiguration Configuration, IReadOnlyList<string> Warnings);
