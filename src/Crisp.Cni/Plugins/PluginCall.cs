using Crisp.Linux;

namespace Crisp.Cni.Plugins;

/// <summary>One run of one plugin.</summary>
internal sealed record PluginCall
{
    /// <summary>The plugin's type: the name of its binary.</summary>
    public required string Plugin { get; init; }

    public required string Verb { get; init; }

    /// <summary>CNI_* entries beyond CNI_COMMAND and CNI_PATH.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The execution configuration, for its standard input.</summary>
    public required ReadOnlyMemory<byte> Configuration { get; init; }

    /// <summary>After which the plugin is killed; null: the configured time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// A locked descriptor that the plugin and all it starts keep open, by which a later daemon can tell that they
    /// are gone.
    /// </summary>
    public FileDescriptor? InheritedLock { get; init; }
}
