namespace Crisp.Daemon.Configuration;

/// <summary>A configuration that was read.</summary>
/// <param name="Configuration">What is in effect: the files, and over them the environment and the options.</param>
/// <param name="Files">What the files alone say.</param>
/// <param name="Warnings">One sentence for each key, of wherever, that had no effect.</param>
internal sealed record LoadedConfiguration(
    CrispConfiguration Configuration, CrispConfiguration Files, IReadOnlyList<string> Warnings);
