namespace Crisp.OciSpec.Runtime;

/// <summary>The five capability sets, as CAP_X names (config.md#linux-process).</summary>
public sealed record ProcessCapabilities
{
    public IReadOnlyList<string>? Bounding { get; init; }

    public IReadOnlyList<string>? Effective { get; init; }

    public IReadOnlyList<string>? Inheritable { get; init; }

    public IReadOnlyList<string>? Permitted { get; init; }

    public IReadOnlyList<string>? Ambient { get; init; }
}
