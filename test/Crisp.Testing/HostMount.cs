namespace Crisp.Testing;

/// <summary>Mounts that a test makes on the machine itself.</summary>
public static class HostMount
{
    /// <summary>
    /// umount with arguments, as soon as nobody is in the mount any more: processes and mount namespaces that have
    /// ended let go of theirs a moment later.
    /// </summary>
    public static Task RemoveAsync(params string[] arguments) => Eventually.GetAsync(
        "the mount is free", () => Command.RunAsync("umount", arguments), umount => umount.ExitCode == 0);
}
