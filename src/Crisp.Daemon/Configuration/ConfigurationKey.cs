namespace Crisp.Daemon.Configuration;

/// <summary>
/// A key of the configuration: where it stands, what it means, how it changes <typeparamref name="T"/>, and how its
/// value is written back. Reading, printing and documentation all come from this one place.
/// The documentation gives the unit and what zero or empty means; the default follows from the settings themselves.
/// </summary>
internal sealed record ConfigurationKey<T>(
    string Table,
    string Name,
    string Documentation,
    Func<T, string> Show,
    Func<T, ConfiguredValue, T> Apply)
{
    /// <summary>A change takes effect at SIGHUP; of other keys, at the next start.</summary>
    public bool Reloaded { get; init; }
}
