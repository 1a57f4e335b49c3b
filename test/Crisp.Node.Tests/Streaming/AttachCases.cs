namespace Crisp.Node.Tests.Streaming;

/// <summary>kubectl attach and kubectl run -it, over SPDY.</summary>
public static class AttachCases
{
    public static IEnumerable<StreamCase> All { get; } =
    [
        new("Attach_Output_ComesToEachAttacher", EachAttacherAsync),
        new("Attach_StdinOnce_EndsTheProgramsInput", StdinOnceAsync),
        new("Attach_StdinKept_OutlivesTheAttacher", StdinKeptAsync),
        new("Attach_Tty_IsTheContainersTerminal", TerminalAsync),
    ];

    private static async Task EachAttacherAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunAsync(
            _ => { }, "sh", "-c", "trap 'exit 0' TERM; while :; do echo out; echo err >&2; sleep 0.02; done");
        await using var first = await target.AttachAsync(container, stdin: false, tty: false, cancellationToken);
        await using var second = await target.AttachAsync(container, stdin: false, tty: false, cancellationToken);
        foreach (var session in new[] { first, second })
        {
            Assert.That(await session.Stdout.ReadUntilAsync("\n", cancellationToken), Does.StartWith("out\n"));
            Assert.That(await session.Stderr.ReadUntilAsync("\n", cancellationToken), Does.StartWith("err\n"));
        }

        await target.Cri.StopAsync(container, 5);
        await first.FinishAsync(cancellationToken);
        await second.FinishAsync(cancellationToken);
    }

    private static async Task StdinOnceAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunAsync(
            config => (config.Stdin, config.StdinOnce) = (true, true), "sh", "-c", "cat; echo over; exit 5");
        await using (var session = await target.AttachAsync(container, stdin: true, tty: false, cancellationToken))
        {
            await session.Stdin.WriteTextAsync("typed\n", cancellationToken);
            await session.Stdin.EndAsync(cancellationToken);
            Assert.That((await session.FinishAsync(cancellationToken)).Stdout, Is.EqualTo("typed\nover\n"));
        }

        Assert.That((await target.Cri.ExitedAsync(container)).ExitCode, Is.EqualTo(5));
    }

    private static async Task StdinKeptAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunAsync(
            config => config.Stdin = true, "sh", "-c", "while read line; do echo got $line; done; echo ended");
        foreach (var word in new[] { "one", "two" })
        {
            await using var session = await target.AttachAsync(container, stdin: true, tty: false, cancellationToken);
            await session.Stdin.WriteTextAsync($"{word}\n", cancellationToken);
            Assert.That(await session.Stdout.ReadUntilAsync("\n", cancellationToken), Is.EqualTo($"got {word}\n"));
        }

        Assert.That((await target.Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    private static async Task TerminalAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunAsync(config => (config.Stdin, config.Tty) = (true, true), "sh");
        await using var session = await target.AttachAsync(container, stdin: true, tty: true, cancellationToken);
        await session.ResizeAsync(101, 33, cancellationToken);
        await session.Stdin.WriteTextAsync(
            "while [ \"$(stty size)\" != '33 101' ]; do sleep 0.02; done; tty\n", cancellationToken);
        await session.Stdout.ReadUntilAsync("/dev/", cancellationToken);
        await session.Stdin.WriteTextAsync("exit 6\n", cancellationToken);
        await session.FinishAsync(cancellationToken);
        Assert.That((await target.Cri.ExitedAsync(container)).ExitCode, Is.EqualTo(6));
    }
}
