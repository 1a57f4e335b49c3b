namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// A command that does not read its input until it is told to, and a client that has sent more than anybody between the
/// two passes on without that. When the client is gone its session ends, and with it the command's input.
/// </summary>
public static class UnreadInput
{
    public const string Script = "echo started; while [ ! -e /go ]; do sleep 0.02; done; wc -c >/count";

    /// <summary>More than the command's pipe and what a session holds of a stream.</summary>
    public const int Bytes = 1 << 20;

    public static async Task ProveNoticedAsync(TestNode node, string container, string protocol)
    {
        string end = $"streaming session exec over {protocol} on container {container}: the client went away";
        await Eventually.BecomesTrueAsync(
            end, () => node.Daemon.Log.Lines.Any(line => line.Contains(end, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60));
        await node.Cri.OutputAsync(container, "touch", "/go");
        await Eventually.GetAsync(
            "the command's input has ended", () => node.Cri.ExecAsync(container, "test", "-s", "/count"),
            answer => answer.ExitCode == 0);
    }
}
