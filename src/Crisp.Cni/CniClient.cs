using Crisp.Cni.Configuration;
using Crisp.Cni.Plugins;
using Crisp.Cni.Results;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cni;

/// <summary>
/// The verbs of CNI, one a file, over whole configuration lists: as libcni for other runtimes, but with no memory of
/// its own. What has to survive is in the <see cref="CniAttachment"/>, which the caller keeps.
/// </summary>
public sealed partial class CniClient
{
    private readonly CniPlugin _plugin;
    private readonly CniOptions _options;

    public CniClient(CniOptions options, ProgramRunner runner)
    {
        _options = options;
        _plugin = new CniPlugin(options, runner);
    }

    /// <summary>The sentence that says which of the list's plugins cannot be run; null when all can.</summary>
    internal string? MissingPlugin(NetworkConfigurationList network)
    {
        foreach (var plugin in network.Plugins)
            if (_plugin.Directories.Find(plugin.Type, out var problem) is null)
                return problem;
        return null;
    }

    private static PluginCall Call(
        string verb,
        PluginConfiguration plugin, CniAttachment attachment, CniResult? previous, FileDescriptor? inheritedLock) =>
        new()
        {
            Plugin = plugin.Type,
            Verb = verb,
            Environment =
            [
                $"CNI_CONTAINERID={attachment.ContainerId}",
                $"CNI_NETNS={attachment.NetNsPath}",
                $"CNI_IFNAME={attachment.InterfaceName}",
                $"CNI_ARGS={string.Join(';', attachment.Args.Select(entry => $"{entry.Key}={entry.Value}"))}",
            ],
            Configuration = ExecutionConfiguration.Build(plugin, attachment.CapabilityArguments, previous),
            InheritedLock = inheritedLock,
        };

    /// <summary>What plugins would take apart wrongly is refused before any of them runs.</summary>
    private static void Validate(CniAttachment attachment)
    {
        if (!CniNames.IsNetworkName(attachment.ContainerId))
            throw CrispException.InvalidArgument(
                "container ID", $"\"{attachment.ContainerId}\" does not fit CNI_CONTAINERID");
        if (!CniNames.IsInterfaceName(attachment.InterfaceName))
            throw CrispException.InvalidArgument(
                "interface name", $"\"{attachment.InterfaceName}\" does not fit CNI_IFNAME");
        foreach (var (key, value) in attachment.Args)
            if (key.AsSpan().IndexOfAny(";=\0") >= 0 || value.AsSpan().IndexOfAny(";\0") >= 0)
                throw CrispException.InvalidArgument(
                    key, $"\"{value}\" does not fit CNI_ARGS, whose entries end with ';'");
    }
}
