using System.Text.Json.Nodes;

namespace Crisp.Node.Tests.Ctl;

/// <summary>
/// The published crispctl does the main job on some runtime's socket, and its output is checked step by step.
/// </summary>
public sealed class CrispctlStory(string socket, string directory, string cgroupParent, string image)
{
    private string Repository => image[..image.LastIndexOf(':')];

    public async Task TellAsync()
    {
        Assert.That(await OutputAsync("version"), Does.Contain("RuntimeApiVersion:  v1"));
        var imageId = await PullAsync();
        var pod = await RunPodAsync();
        var container = await RunContainerAsync(pod);
        await LookAsync(pod, container);
        await ReadLogAsync(container);
        await ExecAsync(container);
        await EndAsync(pod, container);
        Assert.That(await OutputAsync("rmi", imageId), Does.Contain($"Deleted: {image}"));
    }

    /// <summary>crispctl VERB against the runtime.</summary>
    public Task<CommandResult> RunAsync(params string[] words) => Command.RunAsync(
        Testing.Repository.Published("crispctl"),
        ["--config", "/dev/null", "--runtime-endpoint", $"unix://{socket}", .. words]);

    private async Task<string> OutputAsync(params string[] words) => (await RunAsync(words)).ShouldSucceed().Output;

    private async Task<string> PullAsync()
    {
        var pulled = await OutputAsync("pull", image);
        Assert.That(pulled, Does.Match("^Image is up to date for sha256:[0-9a-f]{64}\n$"));
        Assert.That(await OutputAsync("images"), Does.Match($"(?m)^{Repository} +1 +[0-9a-f]{{13}} +[0-9.]+[kM]B$"));
        return pulled.Trim().Split(' ')[^1];
    }

    private async Task<string> RunPodAsync()
    {
        var pod = (await OutputAsync("runp", Write("pod.yaml", $$"""
            metadata: { name: story, namespace: tests, uid: story-{{Guid.NewGuid()}}, attempt: 1 }
            log_directory: {{directory}}/logs
            labels: { told-by: crispctl }
            linux:
              cgroup_parent: {{cgroupParent}}
              security_context:
                namespace_options: { network: NODE, pid: CONTAINER }
            """))).Trim();
        Assert.That(pod, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(
            await OutputAsync("pods", "--label", "told-by=crispctl", "--state", "ready"),
            Does.Match($"(?m)^{pod[..13]} +.* ago +Ready +story +tests +1 +(runc|\\(default\\))$"));
        return pod;
    }

    private async Task<string> RunContainerAsync(string pod)
    {
        var file = Write("container.json", $$"""
            {
              "metadata": { "name": "teller" },
              "image": { "image": "{{image}}" },
              "command": ["sh", "-c", "echo $GREETING; echo aside >&2; exec sleep 1000"],
              "envs": [ { "key": "GREETING", "value": "once upon a time" } ],
              "labels": { "io.kubernetes.pod.name": "story", "io.kubernetes.pod.namespace": "tests" },
              "log_path": "teller.log",
              "linux": { "security_context": { "namespace_options": { "network": 2, "pid": 1 } } }
            }
            """);
        var container = (await OutputAsync("create", pod, file, Path.Combine(directory, "pod.yaml"))).Trim();
        Assert.That(await OutputAsync("ps", "-q", "--state", "created", "--pod", pod), Is.EqualTo($"{container}\n"));
        Assert.That(await OutputAsync("start", container), Is.EqualTo($"{container}\n"));
        return container;
    }

    private async Task LookAsync(string pod, string container)
    {
        Assert.That(
            await OutputAsync("ps", "--name", "^tell"),
            Does.Match($"(?m)^{container[..13]} +.* ago +Running +teller +0 +{pod[..13]} +story +tests$"));
        var status = JsonNode.Parse(await OutputAsync("inspect", container[..10]))!["status"]!;
        Assert.That(status["state"]!.ToString(), Is.EqualTo("CONTAINER_RUNNING"));
        Assert.That(status["finishedAt"]!.ToString(), Is.EqualTo("0001-01-01T00:00:00Z"));
        Assert.That(await OutputAsync("inspectp", "-o", "yaml", pod[..10]), Does.Contain($"id: {pod}\n"));
        Assert.That(JsonNode.Parse(await OutputAsync("inspecti", image))!["status"]!["repoTags"]![0]!.ToString(),
            Is.EqualTo(image));
        Assert.That(await OutputAsync("stats", container),
            Does.Match($"(?m)^{container[..13]} +teller +[0-9.]+ +[0-9.]+[kM]?B "));
        Assert.That(JsonNode.Parse(await OutputAsync("imagefsinfo"))!["status"]!["imageFilesystems"], Is.Not.Null);
        Assert.That(JsonNode.Parse(await OutputAsync("info"))!["status"]!["conditions"]![0]!["type"]!.ToString(),
            Is.EqualTo("RuntimeReady"));
    }

    private async Task ReadLogAsync(string container)
    {
        var log = await Eventually.GetAsync(
            "the log",
            () => RunAsync("logs", container), read => (read.Output.Length, read.Errors.Length) is (> 0, > 0));
        Assert.That((log.Output, log.Errors), Is.EqualTo(("once upon a time\n", "aside\n")));
    }

    private async Task ExecAsync(string container)
    {
        var exec = await RunAsync("exec", "-s", container, "sh", "-c", "echo in; echo err >&2; exit 3");
        Assert.That((exec.ExitCode, exec.Output, exec.Errors), Is.EqualTo((3, "in\n", "err\n")));
        Assert.That((await RunAsync("rm", container)).Errors, Does.Contain("it runs; stop it first, or use --force"));
    }

    private async Task EndAsync(string pod, string container)
    {
        // Following ends with the container.
        var following = RunAsync("logs", "-f", container);
        Assert.That(await OutputAsync("stop", container), Is.EqualTo($"{container}\n"));
        Assert.That((await following).ShouldSucceed().Output, Is.EqualTo("once upon a time\n"));
        Assert.That(await OutputAsync("ps", "-a"), Does.Match($"(?m)^{container[..13]} .*Exited +teller"));
        await OutputAsync("rm", container);
        Assert.That(File.Exists(Path.Combine(directory, "logs", "teller.log")), Is.False);
        Assert.That(await OutputAsync("stopp", pod), Is.EqualTo($"Stopped sandbox {pod}\n"));
        Assert.That(await OutputAsync("rmp", pod), Is.EqualTo($"Removed sandbox {pod}\n"));
        Assert.That(await OutputAsync("pods", "-q"), Is.Empty);

        var gone = await RunAsync("inspectp", pod);
        Assert.That((gone.ExitCode, gone.Output), Is.EqualTo((1, "")));
        Assert.That(gone.Errors, Does.Contain("(NotFound)"));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, content);
        return path;
    }
}
