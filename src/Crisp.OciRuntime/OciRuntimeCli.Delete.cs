namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>
    /// `delete`: cgroup and runtime state go. One that is gone already is deleted. Force kills it first.
    /// </summary>
    public async Task DeleteAsync(string id, bool force, CancellationToken cancellationToken)
    {
        string[] verb = force ? ["delete", "--force", id] : ["delete", id];
        try
        {
            await CallAsync(id, cancellationToken, verb).ConfigureAwait(false);
        }
        catch (RuntimeFailedException) when (!IsKnown(id))
        {
            // Gone before, or by somebody else meanwhile: what was asked for is so.
        }
    }
}
