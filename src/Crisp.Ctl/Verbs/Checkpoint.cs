using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Checkpoint : Verb
{
    internal override string Name => "checkpoint";

    internal override string Summary => "Write the state of a running container to a file";

    internal override string Arguments => "CONTAINER-ID";

    internal override IReadOnlyList<Flag> Flags { get; } =
        [Flag.Text("export", 'e', "The file, by its absolute path"),
            Flag.Number("timeout", null, "Seconds that it may take; 0 is no limit")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var ids = call.Expect(1, 1, "the container ID");
        var location = call.Flags.Text("export");
        // The file is the runtime's to write, and its directory another.
        if (!Path.IsPathRooted(location)) throw new UsageException("--export with an absolute path is missing");
        return await ForEachAsync(call, ids, "cannot checkpoint container", async id =>
        {
            var runtime = await call.RuntimeAsync(ct);
            var request = new CheckpointContainerRequest
            {
                ContainerId = id, Location = location, Timeout = call.Flags.Number("timeout"),
            };
            await call.CallAsync(
                "CheckpointContainer", options => runtime.CheckpointContainerAsync(request, options), ct);
            await call.Text.WriteLineAsync(id);
        });
    }
}
