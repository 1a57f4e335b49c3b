namespace Crisp.Cni.Plugins;

/// <summary>
/// Finds plugin binaries. Looked up anew each time: a network daemon may bring its plugin at any moment, and a few
/// stat calls cost microseconds.
/// </summary>
internal sealed class PluginDirectories(IReadOnlyList<string> directories)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The value of CNI_PATH, by which plugins find those they delegate to (IPAM).</summary>
    internal string SearchPath { get; } = string.Join(':', directories);

    /// <summary>The plugin's path; null with the reason when there is none to run.</summary>
    internal string? Find(string plugin, out string problem)
    {
        problem = $"CNI plugin \"{plugin}\" is not in {string.Join(", ", directories)}: install it there, or add its "
            + "directory to plugin_dirs";
        foreach (var directory in directories)
        {
            var path = Path.Combine(directory, plugin);
            if (!File.Exists(path)) continue;
            if ((File.GetUnixFileMode(path) & Executable) != 0) return path;
            problem = $"CNI plugin \"{plugin}\": {path} is not executable";
        }

        return null;
    }
}
