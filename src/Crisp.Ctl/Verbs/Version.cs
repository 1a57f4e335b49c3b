using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Version : Verb
{
    internal override string Name => "version";

    internal override string Summary => "Print the runtime's name and versions";

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        var answer = await call.CallAsync(
            "Version", options => runtime.VersionAsync(new VersionRequest { Version = "0.1.0" }, options), ct);
        await call.Text.WriteLineAsync($"Version:  {answer.Version}");
        await call.Text.WriteLineAsync($"RuntimeName:  {answer.RuntimeName}");
        await call.Text.WriteLineAsync($"RuntimeVersion:  {answer.RuntimeVersion}");
        await call.Text.WriteLineAsync($"RuntimeApiVersion:  {answer.RuntimeApiVersion}");
        return 0;
    }
}
