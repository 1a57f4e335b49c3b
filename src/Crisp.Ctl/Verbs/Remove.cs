using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Remove : Verb
{
    internal override string Name => "rm";

    internal override string Summary => "Remove containers, with their log files";

    internal override string Arguments => "CONTAINER-ID...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("force", 'f', "Stop a container that runs"),
        Flag.Switch("all", 'a', "All containers"),
        Flag.Switch("keep-logs", 'k', "Keep the log file and its rotations"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var ids = call.Flags.Switch("all") ? await AllAsync(call, ct) : call.Expect(1, int.MaxValue, "a container ID");
        return await ForEachAsync(call, ids, "cannot remove container", id => RemoveAsync(call, id, ct));
    }

    private static async Task<IReadOnlyList<string>> AllAsync(Invocation call, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var answer = await call.CallAsync(
            "ListContainers", options => runtime.ListContainersAsync(new ListContainersRequest(), options), ct);
        return [.. answer.Containers.Select(container => container.Id)];
    }

    private static async Task RemoveAsync(Invocation call, string id, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var asked = new ContainerStatusRequest { ContainerId = id };
        var status = await call.CallAsync(
            "ContainerStatus", options => runtime.ContainerStatusAsync(asked, options), ct);
        if (status.Status?.State == ContainerState.ContainerRunning)
        {
            if (!call.Flags.Switch("force")) throw new CtlException("it runs; stop it first, or use --force");
            await Stop.StopAsync(call, id, timeoutSeconds: 0, ct);
        }

        var request = new RemoveContainerRequest { ContainerId = id };
        await call.CallAsync("RemoveContainer", options => runtime.RemoveContainerAsync(request, options), ct);
        if (!call.Flags.Switch("keep-logs")) RemoveLogs(status.Status?.LogPath ?? "");
        await call.Text.WriteLineAsync(id);
    }

    /// <summary>The log and what kubelet's rotation made of it: NAME, NAME.TIME, NAME.TIME.gz.</summary>
    private static void RemoveLogs(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } directory || !Directory.Exists(directory)) return;
        File.Delete(path);
        foreach (var rotated in Directory.EnumerateFiles(directory, $"{Path.GetFileName(path)}.*"))
            File.Delete(rotated);
    }
}
