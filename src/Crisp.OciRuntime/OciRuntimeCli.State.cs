using System.Text.Json;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`state`; null where the runtime knows no such container.</summary>
    public async Task<RuntimeState?> StateAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsKnown(id))
            return null;
        try
        {
            var output = await CallAsync(id, cancellationToken, "state", id).ConfigureAwait(false);
            return Parse(id, output);
        }
        catch (RuntimeFailedException) when (!IsKnown(id))
        {
            return null;
        }
    }

    private RuntimeState Parse(string id, byte[] output)
    {
        Oci.State? state = null;
        try
        {
            state = JsonSerializer.Deserialize(output, Oci.RuntimeSpecJson.Default.State);
        }
        catch (JsonException e)
        {
            throw new RuntimeFailedException(Options.Name, "state", id, $"its answer is not JSON: {e.Message}", e);
        }

        if (state is null
            || !Enum.TryParse(state.Status, ignoreCase: true, out RuntimeStatus status) || !Enum.IsDefined(status))
            throw new RuntimeFailedException(
                Options.Name, "state", id, $"its answer has no known status: \"{state?.Status}\"");
        return new RuntimeState(state.Id, status, status == RuntimeStatus.Stopped ? 0 : state.Pid ?? 0, state.Bundle);
    }
}
