using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Runs code in other namespaces than the process, on a thread made for it. That thread ends afterwards and is never
/// returned to the pool, so that no other work meets its namespaces.
/// </summary>
public static class NamespaceThread
{
    /// <summary>
    /// Makes new namespaces and runs the action inside; they vanish with the thread unless it pins them.
    /// </summary>
    public static Task RunAsync(NamespaceKinds unshare, Action inside) => OnThreadOfItsOwn(() =>
    {
        if (unshare != NamespaceKinds.None)
            FailedCall.ThrowIfNegative(Libc.unshare((int)unshare), $"unshare({unshare})");
        inside();
        return true;
    });

    /// <summary>Runs the function in an existing network namespace; sockets made there can be used anywhere.</summary>
    public static Task<T> InNetworkNamespaceAsync<T>(string netnsPath, Func<T> inside) =>
        InNamespaceAsync(NamespaceKinds.Network, netnsPath, inside);

    /// <summary>
    /// Runs the function in one network namespace after the other, on one thread for all; null where a namespace is
    /// gone.
    /// </summary>
    public static Task<IReadOnlyList<T?>> InNetworkNamespacesAsync<T>(IReadOnlyList<string> netnsPaths, Func<T> inside)
        where T : class =>
        OnThreadOfItsOwn<IReadOnlyList<T?>>(() => [.. netnsPaths.Select(path => TryEnter(path) ? inside() : null)]);

    /// <summary>Runs the function in one existing namespace.</summary>
    public static Task<T> InNamespaceAsync<T>(NamespaceKinds kind, string path, Func<T> inside) =>
        OnThreadOfItsOwn(() =>
        {
            using var ns = FileDescriptor.Open(path, OpenFlags.ReadOnly);
            FailedCall.ThrowIfNegative(Libc.setns(ns.Number, (int)kind), "setns", path);
            return inside();
        });

    /// <summary>
    /// Keeps the calling thread's namespace of one kind alive by binding it to a file, which is made if absent.
    /// For use inside <see cref="RunAsync"/>.
    /// </summary>
    public static void Pin(NamespaceKinds kind, string target)
    {
        Pin($"/proc/thread-self/ns/{NameInProc(kind)}", target);
    }

    /// <summary>Keeps a namespace alive by binding its file in /proc to another one, which is made if absent.</summary>
    public static void Pin(string namespaceFile, string target)
    {
        // 0444
        FileDescriptor.Open(target, OpenFlags.ReadOnly | OpenFlags.Create | OpenFlags.NoFollow, 0x124).Dispose();
        Mounts.Bind(namespaceFile, target);
    }

    /// <summary>False where there is no network namespace under the path (any more).</summary>
    private static bool TryEnter(string netnsPath)
    {
        try
        {
            using var ns = FileDescriptor.Open(netnsPath, OpenFlags.ReadOnly);
            return Libc.setns(ns.Number, (int)NamespaceKinds.Network) == 0;
        }
        catch (SyscallException error) when (error.Errno == Errno.ENOENT)
        {
            return false;
        }
    }

    private static string NameInProc(NamespaceKinds kind) => kind switch
    {
        NamespaceKinds.Network => "net",
        NamespaceKinds.Ipc => "ipc",
        NamespaceKinds.Uts => "uts",
        NamespaceKinds.Mount => "mnt",
        _ => throw new ArgumentException($"not one kind of namespace: {kind}", nameof(kind)),
    };

    private static Task<T> OnThreadOfItsOwn<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(work, completion)) { IsBackground = true, Name = "namespace" };
        thread.Start();
        return completion.Task;
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(work());
        }
        catch (Exception error) // handed to whoever awaits the work
        {
            completion.SetException(error);
        }
    }
}
