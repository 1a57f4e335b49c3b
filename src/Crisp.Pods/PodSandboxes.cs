using System.Net.Sockets;
using Crisp.Bundle;
using Crisp.Pods.Sandbox;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods;

/// <summary>The verbs of pod sandboxes: a table of contents, each in a file of its name.</summary>
internal sealed class PodSandboxes(
    NodeState node, RunPodSandbox run, StopPodSandbox stop, RemovePodSandbox remove, ConnectToPod connect)
    : IPods
{
    public Task<string> RunAsync(RunPodSandboxRequest request, CancellationToken patience) =>
        run.RunAsync(request, patience);

    public Task StopAsync(string idOrPrefix, TimeSpan? longestGrace, CancellationToken patience) =>
        stop.StopAsync(idOrPrefix, longestGrace, patience);

    public Task RemoveAsync(string idOrPrefix, CancellationToken patience) => remove.RemoveAsync(idOrPrefix, patience);

    public Task<Socket> ConnectAsync(string idOrPrefix, ushort port, CancellationToken cancellation) =>
        connect.ConnectAsync(idOrPrefix, port, cancellation);

    public void UpdateResources(
        string idOrPrefix, LinuxContainerResources? overhead, LinuxContainerResources? resources)
    {
        var pod = node.Pods.Get(idOrPrefix);
        PodConfigValidation.Resources(overhead, resources);
        pod.Accept(record => record with
        {
            Overhead = overhead?.ToByteArray() ?? record.Overhead,
            Resources = resources?.ToByteArray() ?? record.Resources,
        }); // kubelet does it whether or not the disk takes our note of it
    }

    public PodSnapshot Get(string idOrPrefix) => node.Pods.Get(idOrPrefix).Snapshot;

    public IReadOnlyList<PodSnapshot> List() => [.. node.Pods.All.Select(pod => pod.Snapshot)];
}
