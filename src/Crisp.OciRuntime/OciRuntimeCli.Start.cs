namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`start`: lets the created process execute its program.</summary>
    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(id, cancellationToken, "start", id);
}
