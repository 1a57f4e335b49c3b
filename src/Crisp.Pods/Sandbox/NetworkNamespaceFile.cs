namespace Crisp.Pods.Sandbox;

/// <summary>Tells a pinned namespace from the empty file that is left when its pin is gone.</summary>
internal static class NetworkNamespaceFile
{
    internal static bool IsAlive(string path) => path.Length > 0 && File.Exists(path) && IsPinned(path);

    /// <summary>The pin is a mount of another file system (nsfs) than the directory around it.</summary>
    private static bool IsPinned(string path) =>
        Linux.FileStatus.Of(path)?.Device != Linux.FileStatus.Of(Path.GetDirectoryName(path)!)?.Device; // never "/"
}
