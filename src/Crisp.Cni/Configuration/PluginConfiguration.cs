namespace Crisp.Cni.Configuration;

/// <summary>One plugin of a list, immutable and ready to be sent: a call only appends what is new.</summary>
public sealed record PluginConfiguration
{
    /// <summary>The name of the plugin's binary.</summary>
    public required string Type { get; init; }

    /// <summary>The capability arguments the plugin declares that it takes.</summary>
    public required IReadOnlySet<string> Capabilities { get; init; }

    /// <summary>
    /// The execution configuration up to what each call adds: a JSON object with the list's name and cniVersion and
    /// the plugin's own keys, without its closing brace.
    /// </summary>
    public required ReadOnlyMemory<byte> OpenObject { get; init; }
}
