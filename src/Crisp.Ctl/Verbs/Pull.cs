using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Documents;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Pull : Verb
{
    internal override string Name => "pull";

    internal override string Summary => "Pull an image from a registry";

    internal override string Arguments => "NAME[:TAG|@DIGEST]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        .. PullFlags.Credentials,
        Flag.Text("pod-config", null, "The pod, a JSON or YAML file, that the image is pulled for"),
        Flag.Texts("annotation", 'a', "Annotation of the image specification, key=value"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var image = new ImageSpec { Image = call.Expect(1, 1, "the image")[0] };
        image.Annotations.Add(Labels.Parse(call.Flags.Texts("annotation")).ToDictionary());
        var pod = call.Flags.Text("pod-config") is { Length: > 0 } path
            ? PodDocument.Load(path, call.Terminal.ErrorText)
            : null;
        var reference = await PullAsync(call, image, pod, ct);
        await call.Text.WriteLineAsync($"Image is up to date for {reference}");
        return 0;
    }

    /// <summary>What a container needs: its image, and the images it mounts.</summary>
    internal static async Task PullForAsync(
        Invocation call, ContainerConfig container, PodSandboxConfig pod, CancellationToken ct)
    {
        var mounted = container.Mounts.Select(mount => mount.Image).Where(image => image?.Image is { Length: > 0 });
        foreach (var image in mounted.Prepend(container.Image))
            await PullAsync(call, image!, pod, ct); // nulls are filtered
    }

    private static async Task<string> PullAsync(
        Invocation call, ImageSpec image, PodSandboxConfig? pod, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        var request = new PullImageRequest { Image = image, Auth = PullFlags.Auth(call), SandboxConfig = pod };
        using var patience = Patience.Of(call, "pull-timeout", ct);
        await using var progress = PullProgress.Start(call.Terminal, image.Image);
        var answer = await call.CallAsync(
            "PullImage", options => images.PullImageAsync(request, options), patience.Token);
        var asked = new ImageStatusRequest { Image = new ImageSpec { Image = answer.ImageRef } };
        var status = await call.CallAsync("ImageStatus", options => images.ImageStatusAsync(asked, options), ct);
        progress.Done(status.Image?.Size ?? 0);
        return answer.ImageRef;
    }
}
