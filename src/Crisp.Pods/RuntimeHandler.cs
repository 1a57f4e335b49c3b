using Crisp.Bundle;
using Crisp.OciRuntime;

namespace Crisp.Pods;

/// <summary>An OCI runtime that is there: how it is called, and what it said of itself.</summary>
internal sealed record RuntimeHandler(RuntimeHandlerOptions Options, OciRuntimeCli Cli, RuntimeFacts Facts)
{
    internal string Name => Options.Name;

    /// <summary>
    /// Why nothing new is made with it, as when its program does not run; null when all is well. What it made before
    /// can still be stopped and removed.
    /// </summary>
    internal string? Unusable { get; init; }

    /// <summary>It makes no container where some cgroup controllers are of v1 and some of v2.</summary>
    internal bool RefusesSplitCgroups { get; init; }

    /// <summary>The runtime's own release, "" for one that cannot be used.</summary>
    internal string Version { get; init; } = "";

    /// <summary>What is known of that release.</summary>
    internal IReadOnlyList<string> KnownEscapes { get; init; } = [];

    /// <summary>The administrator's settings of criu; null where the runtime takes no others in their place.</summary>
    internal string? CriuFile { get; init; }

    /// <summary>A restore has to be told of the new container's group on cgroup v2.</summary>
    internal bool LeavesCgroupsToCriu { get; init; }

    /// <summary>The runtime keeps a container's state in a directory of its ID.</summary>
    internal bool Knows(string containerId) => Directory.Exists(StateOf(containerId));

    internal string StateOf(string containerId) => Path.Combine(Cli.Options.Root, containerId);
}
