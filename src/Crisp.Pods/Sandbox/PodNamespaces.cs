using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// A pod's own namespaces without a process in them: one short-lived thread makes them, sets them up from inside and
/// binds each to a file, which keeps it alive until it is unmounted.
/// </summary>
internal static class PodNamespaces
{
    internal static Task MakeAsync(Pod pod)
    {
        var (net, ipc, uts) = (pod.Record.NetNs, pod.Record.IpcNs, pod.Record.UtsNs);
        var kinds = Kind(net, NamespaceKinds.Network) | Kind(ipc, NamespaceKinds.Ipc) | Kind(uts, NamespaceKinds.Uts);
        return kinds == NamespaceKinds.None
            ? Task.CompletedTask
            : NamespaceThread.RunAsync(kinds, () =>
            {
                SetUp(pod);
                Pin(NamespaceKinds.Network, net);
                Pin(NamespaceKinds.Ipc, ipc);
                Pin(NamespaceKinds.Uts, uts);
            });
    }

    /// <summary>
    /// The same of namespaces that the runtime has made for the pod's init: only a process of one thread can make a
    /// user namespace, and the others have to be made in it to belong to it.
    /// </summary>
    internal static void PinThoseOf(Pod pod, int init)
    {
        Pin(init, "user", pod.Record.UserNs);
        Pin(init, "net", pod.Record.NetNs);
        Pin(init, "ipc", pod.Record.IpcNs);
        Pin(init, "uts", pod.Record.UtsNs);
    }

    /// <summary>Lets go of every namespace the pod has; can be repeated.</summary>
    internal static void Remove(Pod pod)
    {
        foreach (var pin in (string?[])[pod.Record.NetNs, pod.Record.IpcNs, pod.Record.UtsNs, pod.Record.UserNs])
        {
            if (pin is not null)
                Unpin(pin);
        }
    }

    internal static void Unpin(string pin)
    {
        Mounts.Unmount(pin, detach: true);
        if (File.Exists(pin))
            File.Delete(pin);
    }

    /// <summary>On the thread that is inside.</summary>
    private static void SetUp(Pod pod)
    {
        if (pod.Record.NetNs is not null)
            NetworkInterfaces.BringUp("lo");
        if (pod.Record.UtsNs is not null && pod.Config.Hostname.Length > 0)
            HostNames.Set(pod.Config.Hostname);
        foreach (var (path, value) in pod.Sysctls)
            SetSysctl(path, value);
    }

    private static void SetSysctl(string path, string value)
    {
        try
        {
            File.WriteAllText("/proc/sys/" + path, value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CrispException.InvalidArgument(
                "linux.sysctls",
                $"{path.Replace('/', '.')} cannot be set to \"{value}\" on this node: {error.Message}");
        }
    }

    private static NamespaceKinds Kind(string? pin, NamespaceKinds kind) => pin is null ? NamespaceKinds.None : kind;

    private static void Pin(NamespaceKinds kind, string? pin)
    {
        if (pin is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(pin)!); // a pin is never "/"
        NamespaceThread.Pin(kind, pin);
    }

    private static void Pin(int process, string kind, string? pin)
    {
        if (pin is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(pin)!); // a pin is never "/"
        NamespaceThread.Pin($"/proc/{process}/ns/{kind}", pin);
    }
}
