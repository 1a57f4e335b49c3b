namespace Crisp.Bundle;

/// <summary>A config.json, and what had to be left out or clamped on this host: one line each, for the log.</summary>
public sealed record BundleResult
{
    public required Oci.Spec Spec { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// The signal that StopContainer sends first: a name such as "SIGTERM", or a number as the image gave it.
    /// </summary>
    public required string StopSignal { get; init; }
}
