using Crisp.Errors;
using Crisp.OciRuntime;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Containers that are there because the test says so; changing calls are written down.</summary>
internal sealed class FakeContainers(params ContainerSnapshot[] containers) : IContainers, IContainerStats
{
    public List<string> Calls { get; } = [];

    public ExecSyncResult ExecResult { get; set; } = new() { Stdout = default, Stderr = default, ExitCode = 0 };

    public Task<string> CreateAsync(CreateContainerRequest request, CancellationToken patience) =>
        Task.FromResult("new-container");

    public Task StartAsync(string idOrPrefix, CancellationToken patience) => Record($"start {Get(idOrPrefix).Id}");

    public Task StopAsync(string idOrPrefix, TimeSpan grace, CancellationToken patience) =>
        Record($"stop {idOrPrefix} {grace.TotalSeconds}");

    public Task RemoveAsync(string idOrPrefix, CancellationToken patience) => Record($"remove {idOrPrefix}");

    public Task UpdateAsync(string idOrPrefix, LinuxContainerResources resources, CancellationToken patience) =>
        Record($"update {idOrPrefix} {resources.CpuShares}");

    public Task ReopenLogAsync(string idOrPrefix, CancellationToken patience) => Record($"reopen {idOrPrefix}");

    public Task<ExecSyncResult> ExecSyncAsync(
        string idOrPrefix, IReadOnlyList<string> command, TimeSpan? timeout, CancellationToken cancellation)
    {
        Calls.Add($"exec {idOrPrefix} {string.Join(' ', command)} {timeout?.TotalSeconds.ToString() ?? "unbounded"}");
        return Task.FromResult(ExecResult);
    }

    public Task<int> ExecAsync(
        string idOrPrefix,
        IReadOnlyList<string> command, bool terminal, ExecStreams streams, CancellationToken vanished)
    {
        Calls.Add($"exec stream {idOrPrefix} {string.Join(' ', command)}");
        return Task.FromResult(ExecResult.ExitCode);
    }

    public Task<IAttachedContainer> AttachAsync(string idOrPrefix, AttachStreams wanted, CancellationToken patience) =>
        throw new CrispException(ErrorKind.FailedPrecondition, $"container {Get(idOrPrefix).Id} cannot be attached to");

    public ContainerSnapshot Get(string idOrPrefix) =>
        containers.FirstOrDefault(c => c.Id.StartsWith(idOrPrefix, StringComparison.Ordinal)) ??
        throw CrispException.NotFound("container", idOrPrefix);

    public IReadOnlyList<ContainerSnapshot> List() => containers;

    public ContainerStatsSnapshot Read(ContainerSnapshot container) => new()
    {
        Container = container,
        TimestampNanos = 7,
        Cpu = new CpuStats { UsageCoreNanoSeconds = 100 },
    };

    private Task Record(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}
