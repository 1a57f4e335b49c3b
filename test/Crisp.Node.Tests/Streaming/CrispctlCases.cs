using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Crisp.Testing.Logs;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// crispctl's own exec, attach and port-forward, as a user runs them: by pipes, and at a terminal (script(1)).
/// </summary>
public static partial class CrispctlCases
{
    private const int PipedBytes = 8 << 20;

    public static IEnumerable<StreamCase> All { get; } =
    [
        .. new[] { "spdy", "websocket" }.SelectMany(transport => new StreamCase[]
        {
            new($"Crispctl_Exec_StreamsApartAndCode_{transport}", (target, ct) => ExecAsync(target, transport, ct)),
            new($"Crispctl_ExecInteractive_IsATerminal_{transport}",
                (target, ct) => TerminalAsync(target, transport, ct)),
            new($"Crispctl_Attach_TypesToTheContainer_{transport}", (target, ct) => AttachAsync(target, transport, ct)),
            new($"Crispctl_AttachInteractive_IsLeftByKeys_{transport}",
                (target, ct) => DetachAsync(target, transport, ct)),
        }),
        new("Crispctl_Exec_PipesLoseNothing", PipesAsync),
        new("Crispctl_LogsFollow_AcrossRotations", LogsAsync),
        new("Crispctl_PortForward_ReachesThePod", (target, ct) => PortForwardAsync(target, "spdy", ct)),
    ];

    public static async Task PortForwardAsync(
        StreamTarget target, string transport, CancellationToken cancellationToken)
    {
        int port = await PortForwardCases.RunEchoAsync(target);
        await using RunningCommand forward = Start(target, "port-forward", "-r", transport, target.PodId, $":{port}");
        await forward.ReadUntilAsync($" -> {port}\n", cancellationToken);
        int local = int.Parse(LocalPort().Match(forward.Seen).Groups[1].Value, CultureInfo.InvariantCulture);
        foreach (string word in new[] { "one", "two" })
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", local, cancellationToken);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(word), cancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            using StreamReader reader = new(stream);
            Assert.That(await reader.ReadToEndAsync(cancellationToken), Is.EqualTo(word));
        }

        (await Command.RunAsync("kill", "-INT", $"{forward.Id}")).ShouldSucceed();
        Assert.That(await forward.EndAsync(cancellationToken), Is.EqualTo((0, "")));
    }

    private static async Task ExecAsync(StreamTarget target, string transport, CancellationToken cancellationToken)
    {
        string container = await target.RunSleeperAsync();
        await using RunningCommand exec = Start(
            target, "exec", "-r", transport, container, "sh", "-c", "echo out; echo err >&2; exit 3");
        using StreamReader output = new(exec.Output);
        Assert.That(await output.ReadToEndAsync(cancellationToken), Is.EqualTo("out\n"));
        Assert.That(await exec.EndAsync(cancellationToken), Is.EqualTo((3, "err\n")));
    }

    private static async Task PipesAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        string container = await target.RunSleeperAsync();
        await using RunningCommand exec = Start(target, "exec", "-i", container, "cat");
        byte[] sent = RandomNumberGenerator.GetBytes(PipedBytes);
        Task sending = SendAsync();
        using MemoryStream received = new();
        await exec.Output.CopyToAsync(received, cancellationToken);
        await sending;
        Assert.That(received.ToArray().AsSpan().SequenceEqual(sent),
            Is.True, $"{received.Length} of {sent.Length} bytes, or others");
        Assert.That(await exec.EndAsync(cancellationToken), Is.EqualTo((0, "")));

        async Task SendAsync()
        {
            await exec.Input.WriteAsync(sent, cancellationToken);
            exec.Input.Close();
        }
    }

    private static async Task TerminalAsync(StreamTarget target, string transport, CancellationToken cancellationToken)
    {
        string container = await target.RunSleeperAsync();
        string line = string.Join(' ', [.. target.Crispctl, "exec", "-it", "-r", transport, container, "sh"]);
        await using RunningCommand script = RunningCommand.Start(
            "script", "-qec", $"stty cols 100 rows 30; tty; {line}; code=$?; stty -a; exit $code", "/dev/null");
        await script.ReadUntilAsync("\n", cancellationToken);
        string terminal = script.Seen.Split('\n')[0].Trim();
        await script.TypeAsync(
            "while [ \"$(stty size)\" != '30 100' ]; do sleep 0.02; done; echo si''zed\n", cancellationToken);
        await script.ReadUntilAsync("sized", cancellationToken);
        await Command.OutputAsync("stty", "-F", terminal, "cols", "132", "rows", "43");
        await script.TypeAsync(
            "while [ \"$(stty size)\" != '43 132' ]; do sleep 0.02; done; echo resi''zed\n", cancellationToken);
        await script.ReadUntilAsync("resized", cancellationToken);
        // Ctrl-C is the command's, not crispctl's.
        await script.TypeAsync("sh -c 'echo run''ning; exec sleep 1000'\n", cancellationToken);
        await script.ReadUntilAsync("running", cancellationToken);
        await script.TypeAsync("\u0003", cancellationToken);
        await script.ReadUntilAsync("# ", cancellationToken);
        await script.TypeAsync("exit 7\n", cancellationToken);
        await script.ReadUntilAsync("icanon", cancellationToken);
        Assert.That(script.Seen, Does.Not.Contain("-icanon"), "the terminal was left raw");
        Assert.That((await script.EndAsync(cancellationToken)).ExitCode, Is.EqualTo(7));
    }

    private static async Task AttachAsync(StreamTarget target, string transport, CancellationToken cancellationToken)
    {
        string container = await target.RunAsync(
            config => config.Stdin = true, "sh", "-c", "read line; echo got $line; exit 4");
        await using RunningCommand attach = Start(target, "attach", "-i", "-r", transport, container);
        await attach.TypeAsync("hello\n", cancellationToken);
        await attach.ReadUntilAsync("got hello\n", cancellationToken);
        await attach.EndAsync(cancellationToken);
        Assert.That((await target.Cri.ExitedAsync(container)).ExitCode, Is.EqualTo(4));
    }

    private static async Task DetachAsync(StreamTarget target, string transport, CancellationToken cancellationToken)
    {
        string container = await target.RunAsync(config => (config.Stdin, config.Tty) = (true, true), "sh");
        string line = string.Join(' ', [.. target.Crispctl, "attach", "-it", "-r", transport, container]);
        await using RunningCommand script = RunningCommand.Start(
            "script", "-qec", $"{line}; code=$?; stty -a; exit $code", "/dev/null");
        await script.TypeAsync("echo at''tached\n", cancellationToken);
        await script.ReadUntilAsync("attached", cancellationToken);
        await script.TypeAsync("\u0010\u0011", cancellationToken);
        await script.ReadUntilAsync("icanon", cancellationToken);
        Assert.That(script.Seen, Does.Not.Contain("-icanon"), "the terminal was left raw");
        Assert.That((await script.EndAsync(cancellationToken)).ExitCode, Is.Zero);
        Assert.That((await target.Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerRunning));
        Assert.That(await target.Cri.OutputAsync(container, "echo", "still here"), Is.EqualTo("still here"));
    }

    /// <summary>As kubelet rotates: the file gets another name, then the runtime opens a new one.</summary>
    private static async Task LogsAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        string container = await target.RunAsync(
            _ => { }, "sh", "-c",
            "i=0; while [ ! -e /enough ]; do echo line $i; i=$((i+1)); sleep 0.01; done; echo over");
        string log = (await target.Cri.ContainerAsync(container)).LogPath;
        await using RunningCommand logs = Start(target, "logs", "-f", container);
        await logs.ReadUntilAsync("line 0\n", cancellationToken);
        for (int rotation = 1; rotation <= 3; rotation++)
        {
            File.Move(log, $"{log}.{rotation}");
            await target.Cri.Runtime.ReopenContainerLogAsync(
                new ReopenContainerLogRequest { ContainerId = container },
                CriCalls.Options(cancellationToken: cancellationToken));
            LogLine next = await new LogFile(log).WaitForAsync(_ => true);
            await logs.ReadUntilAsync($"{next.Content}\n", cancellationToken);
        }

        await target.Cri.ExecAsync(container, "touch", "/enough");
        await logs.ReadUntilAsync("over\n", cancellationToken);
        Assert.That((await logs.EndAsync(cancellationToken)).ExitCode, Is.Zero, "following ends with the container");
        string[] lines = logs.Seen.TrimEnd('\n').Split('\n');
        Assert.That(
            lines, Is.EqualTo(Enumerable.Range(0, lines.Length - 1).Select(number => $"line {number}").Append("over")));
    }

    private static RunningCommand Start(StreamTarget target, params string[] words) =>
        RunningCommand.Start(target.Crispctl[0], [.. target.Crispctl[1..], .. words]);

    [GeneratedRegex(@"Forwarding from 127\.0\.0\.1:(\d+) ->")]
    private static partial Regex LocalPort();
}
