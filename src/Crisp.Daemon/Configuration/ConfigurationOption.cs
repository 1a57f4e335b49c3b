namespace Crisp.Daemon.Configuration;

/// <summary>A key given on the command line or in the environment.</summary>
/// <param name="Flag">Which.</param>
/// <param name="Origin">The word or variable that gave it, for messages.</param>
/// <param name="Text">Its value, as it was typed.</param>
internal sealed record ConfigurationOption(ConfigurationFlag Flag, string Origin, string Text);
