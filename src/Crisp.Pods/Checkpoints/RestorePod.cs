using System.Text.Json;
using Crisp.Errors;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Sandbox;
using Runtime.V1;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// RestorePod: a new pod as the request wants it, and in it a container from each archive of a directory that
/// CheckpointPod wrote, created and not started. What goes wrong takes the pod away again.
/// </summary>
internal sealed class RestorePod(RunPodSandbox run, RemovePodSandbox remove, CreateContainer create)
{
    private const int MostDumpBytes = 1 << 20;

    internal async Task<RestoredPod> RestoreAsync(RestorePodRequest request, CancellationToken patience)
    {
        var dump = Read(request.CheckpointPath);
        IReadOnlyList<ContainerConfig> wanted = [.. dump.Containers.Select(name => ConfigOf(request, name))];
        var podId = await run.RunAsync(
            new RunPodSandboxRequest { Config = request.Config, RuntimeHandler = request.RuntimeHandler },
            patience).ConfigureAwait(false);
        try
        {
            List<(string, string)> containers = [];
            foreach (var config in wanted)
            {
                var asked = new CreateContainerRequest
                {
                    PodSandboxId = podId,
                    Config = config,
                    SandboxConfig = request.Config
                };
                containers.Add((config.Metadata.Name, await create.CreateAsync(asked, patience).ConfigureAwait(false)));
            }

            return new RestoredPod(podId, containers);
        }
        catch
        {
            await remove.RemoveAsync(podId, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The request's own words for the container; only its image is the archive.</summary>
    private static ContainerConfig ConfigOf(RestorePodRequest request, string name)
    {
        var config = request.ContainerConfigs.FirstOrDefault(asked => asked.Metadata?.Name == name)?.Clone()
            ?? throw CrispException.InvalidArgument(
                "container_configs", $"has none for the container \"{name}\" of the checkpoint");
        config.Image ??= new ImageSpec();
        config.Image.Image = Path.Combine(request.CheckpointPath, PodDump.ArchiveOf(name));
        return config;
    }

    private static PodDump Read(string directory)
    {
        if (!Path.IsPathFullyQualified(directory))
            throw CrispException.InvalidArgument(
                "checkpoint_path", $"\"{directory}\" is not the absolute path of a directory");
        var file = new FileInfo(Path.Combine(directory, PodDump.FileName));
        if (!file.Exists)
            throw CrispException.NotFound("pod checkpoint", file.FullName);
        try
        {
            PodDump dump = file.Length <= MostDumpBytes ? JsonSerializer.Deserialize(
                File.ReadAllBytes(file.FullName), CheckpointJson.Default.PodDump) ?? new PodDump() : new PodDump();
            return dump.Containers is { Count: > 0 } names
                && names.All(name => name is { Length: > 0 } && !name.Contains('/'))
                ? dump
                : throw NotOne(file, "it names no containers");
        }
        catch (JsonException error)
        {
            throw NotOne(file, error.Message);
        }
    }

    private static CrispException NotOne(FileInfo file, string why) =>
        CrispException.InvalidArgument("checkpoint_path", $"{file.FullName} is not a pod checkpoint: {why}");
}
