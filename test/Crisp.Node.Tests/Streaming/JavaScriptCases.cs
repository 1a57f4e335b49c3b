using System.Text.Json;

namespace Crisp.Node.Tests.Streaming;

/// <summary>The JavaScript client of Kubernetes, over WebSocket, in what each runtime's server can do.</summary>
public static class JavaScriptCases
{
    public static IEnumerable<StreamCase> All { get; } =
    [
        Of("JavaScript_Exec_StreamsApartAndCode", OutputAndCodeAsync),
        Of("JavaScript_ExecThatSucceeds_IsASuccess", SuccessAsync),
        Of("JavaScript_Terminal_IsResized", TerminalAsync),
        Of("JavaScript_Attach_TypesToTheContainer", AttachAsync),
        Of("JavaScript_PortForward_ReachesThePod", ForwardAsync),
        Of("JavaScript_VanishingClient_LeavesTheContainer", VanishingClientAsync),
    ];

    private static StreamCase Of(string name, Func<StreamTarget, JavaScriptClient, CancellationToken, Task> run) =>
        new(name, async (target, cancellationToken) =>
        {
            await using JavaScriptClient client = new(target);
            await run(target, client, cancellationToken);
        });

    private static async Task OutputAndCodeAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        JsonElement seen = await client.RunAsync(
            await target.RunSleeperAsync(), cancellationToken, "exec", "sh", "-c", "echo out; echo err >&2; exit 3");
        Assert.That((Text(seen, "stdout"), Text(seen, "stderr")), Is.EqualTo(("out\n", "err\n")));
        JsonElement status = seen.GetProperty("status");
        Assert.That((Text(status, "status"), Text(status, "reason")), Is.EqualTo(("Failure", "NonZeroExitCode")));
        JsonElement cause = status.GetProperty("details").GetProperty("causes")[0];
        Assert.That((Text(cause, "reason"), Text(cause, "message")), Is.EqualTo(("ExitCode", "3")));
    }

    private static async Task SuccessAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        JsonElement seen = await client.RunAsync(
            await target.RunSleeperAsync(), cancellationToken, "exec", "echo", "ö");
        Assert.That((Text(seen, "stdout"), Text(seen.GetProperty("status"), "status")), Is.EqualTo(("ö\n", "Success")));
    }

    private static async Task TerminalAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        JsonElement seen = await client.RunAsync(await target.RunSleeperAsync(), cancellationToken, "terminal");
        Assert.That(Text(seen, "stdout"), Does.Contain("first\r\n").And.Contain("second\r\n"));
        Assert.That(seen.GetProperty("status")
            .GetProperty("details").GetProperty("causes")[0].GetProperty("message").GetString(), Is.EqualTo("7"));
    }

    private static async Task AttachAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        // It ends when both outputs were seen: containerd can drop what is on its way when a container ends.
        string container = await target.RunAsync(
            config => config.Stdin = true, "sh", "-c", "read line; echo got $line; echo bad >&2; read line; exit 4");
        JsonElement seen = await client.RunAsync(container, cancellationToken, "attach");
        Assert.That((Text(seen, "stdout"), Text(seen, "stderr")), Is.EqualTo(("got hello\n", "bad\n")));
        Assert.That((await target.Cri.ExitedAsync(container)).ExitCode, Is.EqualTo(4));
    }

    private static async Task ForwardAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        int port = await PortForwardCases.RunEchoAsync(target);
        JsonElement seen = await client.RunAsync("", cancellationToken, "forward", $"{port}", "there and back");
        Assert.That((Text(seen, "output"), Text(seen, "errors")), Is.EqualTo(("there and back", "")));
        seen = await client.RunAsync("", cancellationToken, "forward", $"{TestPort.Take()}", "there");
        Assert.That(Text(seen, "errors"), Does.Contain("refused"));
    }

    private static async Task VanishingClientAsync(
        StreamTarget target, JavaScriptClient client, CancellationToken cancellationToken)
    {
        string container = await target.RunSleeperAsync();
        await using RunningCommand running = client.Start(
            container, "vanish", "0", "sh", "-c", "echo started; cat; echo >/gone");
        Assert.That((await running.EndAsync(cancellationToken)).ExitCode, Is.EqualTo(128 + 9), "it was to kill itself");
        await Eventually.GetAsync(
            "the command's input has ended", () => target.Cri.ExecAsync(container, "test", "-e", "/gone"),
            answer => answer.ExitCode == 0);
        Assert.That((await target.Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
