using System.Text.Json;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`update`: changes the limits that are set, and leaves the others.</summary>
    public async Task UpdateAsync(string id, Oci.Resources resources, CancellationToken cancellationToken)
    {
        using var files = CallFiles.Create(Options.CallDirectory);
        var json = JsonSerializer.SerializeToUtf8Bytes(resources, Oci.RuntimeSpecJson.Default.Resources);
        await File.WriteAllBytesAsync(files.Input, json, cancellationToken).ConfigureAwait(false);
        await CallAsync(id, cancellationToken, "update", "--resources", files.Input, id).ConfigureAwait(false);
    }
}
