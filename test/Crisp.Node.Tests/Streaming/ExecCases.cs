using System.Security.Cryptography;
using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Streaming;

/// <summary>kubectl exec, over SPDY.</summary>
public static class ExecCases
{
    private const int CopiedBytes = 16 << 20;

    public static IEnumerable<StreamCase> All { get; } =
    [
        new("Exec_Command_StreamsApartAndCode", OutputAndCodeAsync),
        new("Exec_EachVersionOfTheProtocol_IsSpoken", EachVersionAsync),
        new("Exec_Stdin_EndsWithTheClients", HalfCloseAsync),
        new("Exec_BothDirectionsAtOnce_LoseNothing", BothDirectionsAsync),
        new("Exec_Tty_IsATerminal", TerminalAsync),
        new("Exec_TtyResized_TellsTheProgram", ResizeAsync),
        new("Exec_UnknownProgram_IsAnError", UnknownProgramAsync),
        new("Exec_VanishingClient_LeavesTheContainer", VanishingClientAsync),
        new("Exec_Ping_IsAnswered", PingAsync),
    ];

    private static async Task OutputAndCodeAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(
            container, stdin: false, tty: false, cancellationToken, "sh", "-c", "echo out; echo err >&2; exit 3");
        (string stdout, string stderr, RemoteCommandResult result) = await exec.FinishAsync(cancellationToken);
        Assert.That((stdout, stderr, result.ExitCode), Is.EqualTo(("out\n", "err\n", 3)));
        Assert.That(result.Message, Does.Contain("exit code 3"));
    }

    private static async Task EachVersionAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        foreach (var protocol in RemoteCommandRequest.AllProtocols)
        {
            var url = await target.ExecUrlAsync(container, stdin: true, tty: false, "sh", "-c", "cat; exit 4");
            await using var exec = await RemoteCommandSession.OpenAsync(
                new RemoteCommandRequest(url) { Stdin = true, Protocols = [protocol] }, cancellationToken);
            await exec.Stdin.WriteTextAsync(protocol, cancellationToken);
            await exec.Stdin.EndAsync(cancellationToken);
            (string stdout, _, RemoteCommandResult result) = await exec.FinishAsync(cancellationToken);
            Assert.That((exec.Connection.Protocol, stdout), Is.EqualTo((protocol, protocol)));
            if (protocol == "channel.k8s.io")
                continue; // servers as old as it reset its error stream at once, and those of today still do
            Assert.That(result.ExitCode, protocol == "v4.channel.k8s.io" ? Is.EqualTo(4) : Is.Null);
            Assert.That(result.Message, Does.Contain("exit code 4"));
        }
    }

    private static async Task HalfCloseAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(
            container, stdin: true, tty: false, cancellationToken, "sh", "-c", "cat; echo the end");
        await exec.Stdin.WriteTextAsync("first ", cancellationToken);
        Assert.That(await exec.Stdout.ReadUntilAsync("first ", cancellationToken), Is.EqualTo("first "));
        await exec.Stdin.WriteTextAsync("last ", cancellationToken);
        await exec.Stdin.EndAsync(cancellationToken);
        Assert.That(await exec.FinishAsync(cancellationToken),
            Is.EqualTo(("last the end\n", "", new RemoteCommandResult(0, "", ""))));
    }

    private static async Task BothDirectionsAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(container, stdin: true, tty: false, cancellationToken, "cat");
        var sent = RandomNumberGenerator.GetBytes(CopiedBytes);
        var sending = SendAsync();
        var received = await exec.Stdout.ReadToEndAsync(cancellationToken);
        await sending;
        Assert.That(received.AsSpan().SequenceEqual(sent),
            Is.True, $"{received.Length} of {sent.Length} bytes, or others, came back");
        Assert.That((await exec.ResultAsync(cancellationToken)).ExitCode, Is.Zero);

        async Task SendAsync()
        {
            await exec.Stdin.WriteAsync(sent, cancellationToken);
            await exec.Stdin.EndAsync(cancellationToken);
        }
    }

    private static async Task TerminalAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(container, stdin: true, tty: true, cancellationToken, "sh");
        await exec.Stdin.WriteTextAsync("tty\n", cancellationToken);
        await exec.Stdout.ReadUntilAsync("/dev/pts/", cancellationToken);
        await exec.Stdin.WriteTextAsync("sh -c 'echo run''ning; exec sleep 1000'\n", cancellationToken);
        await exec.Stdout.ReadUntilAsync("running", cancellationToken);
        await exec.Stdin.WriteTextAsync("\u0003", cancellationToken);
        await exec.Stdout.ReadUntilAsync("^C", cancellationToken);
        await exec.Stdin.WriteTextAsync("exit 7\n", cancellationToken);
        Assert.That((await exec.FinishAsync(cancellationToken)).Result.ExitCode, Is.EqualTo(7));
    }

    private static async Task ResizeAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(
            container, stdin: true, tty: true, cancellationToken, "sh", "-c",
            "trap 'stty size' WINCH; while [ \"$(stty size)\" != '43 132' ]; do sleep 0.02; done; echo resized");
        await exec.ResizeAsync(80, 24, cancellationToken);
        await exec.ResizeAsync(132, 43, cancellationToken);
        Assert.That((await exec.FinishAsync(cancellationToken)).Stdout, Does.Contain("resized\r\n"));
    }

    private static async Task UnknownProgramAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(
            container, stdin: false, tty: false, cancellationToken, "/no/such/program");
        var result = (await exec.FinishAsync(cancellationToken)).Result;
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Message, Is.Not.Empty);
    }

    private static async Task VanishingClientAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        var exec = await target.ExecAsync(
            container, stdin: true, tty: false, cancellationToken, "sh", "-c", "echo started; cat; echo >/gone");
        await exec.Stdout.ReadUntilAsync("started", cancellationToken);
        await exec.DisposeAsync();
        // What it read ended with its client; the container goes on.
        await Eventually.GetAsync(
            "the command's input has ended", () => target.Cri.ExecAsync(container, "test", "-e", "/gone"),
            answer => answer.ExitCode == 0);
        Assert.That((await target.Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    private static async Task PingAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await using var exec = await target.ExecAsync(container, stdin: true, tty: false, cancellationToken, "cat");
        await exec.Connection.PingAsync(cancellationToken);
        await exec.Connection.PingAsync(cancellationToken);
        await exec.Stdin.EndAsync(cancellationToken);
        Assert.That((await exec.FinishAsync(cancellationToken)).Result.ExitCode, Is.Zero);
    }
}
