namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`pause`: freezes every process of the container.</summary>
    public Task PauseAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(id, cancellationToken, "pause", id);

    /// <summary>`resume`, where the container is paused.</summary>
    public async Task ResumeAsync(string id, CancellationToken cancellationToken)
    {
        if (await StateAsync(id, cancellationToken).ConfigureAwait(false) is { Status: RuntimeStatus.Paused })
            await CallAsync(id, cancellationToken, "resume", id).ConfigureAwait(false);
    }
}
