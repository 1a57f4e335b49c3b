using Crisp.Linux;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>
/// A cgroup that its container has made threaded: the kernel does not list its processes (EOPNOTSUPP).
/// </summary>
internal sealed class UnreadableCgroup : IContainerProcesses
{
    public void Signal(Container container, int signal)
    {
    }

    public Task KillAllAsync(Container container, CancellationToken cancellation) =>
        throw new SyscallException("read", Errno.EOPNOTSUPP, "cgroup.procs");

    public Task EndedAsync(Container container, CancellationToken cancellation) => Task.CompletedTask;
}
