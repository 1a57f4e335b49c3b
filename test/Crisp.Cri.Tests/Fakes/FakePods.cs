using System.Net.Sockets;
using Crisp.Errors;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Pods that are there because the test says so; changing calls are written down.</summary>
internal sealed class FakePods(params PodSnapshot[] pods) : IPods
{
    public List<string> Calls { get; } = [];

    public Exception? Failure { get; set; }

    public Task<string> RunAsync(RunPodSandboxRequest request, CancellationToken patience) =>
        Failure is null ? Task.FromResult("new-pod") : Task.FromException<string>(Failure);

    public Task StopAsync(string idOrPrefix, TimeSpan? longestGrace, CancellationToken patience) =>
        Record($"stop {idOrPrefix} {longestGrace?.TotalSeconds}");

    public Task RemoveAsync(string idOrPrefix, CancellationToken patience) => Record($"remove {idOrPrefix}");

    public Task<Socket> ConnectAsync(string idOrPrefix, ushort port, CancellationToken cancellation) =>
        Task.FromException<Socket>(
            new CrispException(ErrorKind.FailedPrecondition, $"port {port} of {Get(idOrPrefix).Id}: nobody listens"));

    public void UpdateResources(
        string idOrPrefix, LinuxContainerResources? overhead, LinuxContainerResources? resources) =>
        Calls.Add($"resources {Get(idOrPrefix).Id} {resources?.CpuShares}");

    public PodSnapshot Get(string idOrPrefix) =>
        pods.FirstOrDefault(p => p.Id.StartsWith(idOrPrefix, StringComparison.Ordinal)) ??
        throw CrispException.NotFound("pod", idOrPrefix);

    public IReadOnlyList<PodSnapshot> List() => pods;

    private Task Record(string call)
    {
        Calls.Add(call);
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }
}
