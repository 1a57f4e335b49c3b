namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`kill`, for a container whose monitor is gone. One that has ended or is unknown is no error.</summary>
    public async Task KillAsync(string id, int signal, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(id, cancellationToken, "kill", id, signal.ToString()).ConfigureAwait(false);
        }
        catch (RuntimeFailedException)
        {
            RuntimeState? state = await StateAsync(id, cancellationToken).ConfigureAwait(false);
            if (state is not null and not { Status: RuntimeStatus.Stopped })
                throw;
        }
    }
}
