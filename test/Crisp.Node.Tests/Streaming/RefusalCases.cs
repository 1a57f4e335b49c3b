using Crisp.Testing.Spdy;
using Grpc.Core;

namespace Crisp.Node.Tests.Streaming;

/// <summary>What a streaming server does not let pass.</summary>
public static class RefusalCases
{
    public static IEnumerable<StreamCase> All { get; } =
    [
        new("Url_UsedTwice_IsNotFound", UsedTwiceAsync),
        new("Url_Guessed_IsNotFound", GuessedAsync),
        new("Protocol_Unknown_IsForbidden", UnknownProtocolAsync),
        new("Upgrade_NotAskedFor_IsABadRequest", NoUpgradeAsync),
        new("Method_Unknown_IsNotAllowed", UnknownMethodAsync),
        new("Request_WithoutAnyStream_IsInvalid", NoStreamAsync),
        new("Request_TtyWithStderr_IsInvalid", TtyWithStderrAsync),
    ];

    private static async Task<Uri> UrlAsync(StreamTarget target) =>
        await target.ExecUrlAsync(await target.RunSleeperAsync(), stdin: false, tty: false, "true");

    private static async Task UsedTwiceAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var url = await UrlAsync(target);
        await using var first = await RemoteCommandSession.OpenAsync(new RemoteCommandRequest(url), cancellationToken);
        await first.FinishAsync(cancellationToken);
        Assert.That(await StatusAsync(new UpgradeRequest(url), cancellationToken), Is.EqualTo(404));
    }

    private static async Task GuessedAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var url = await UrlAsync(target);
        Assert.That(
            await StatusAsync(new UpgradeRequest(new Uri(url, "AAAAAAAA")), cancellationToken), Is.EqualTo(404));
    }

    private static async Task UnknownProtocolAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var request = new UpgradeRequest(await UrlAsync(target)) { Protocols = ["v9.channel.k8s.io"] };
        Assert.That(await StatusAsync(request, cancellationToken), Is.EqualTo(403));
    }

    private static async Task NoUpgradeAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var request = new UpgradeRequest(await UrlAsync(target))
        {
            Protocols = RemoteCommandRequest.AllProtocols, UpgradeHeaders = [],
        };
        Assert.That(await StatusAsync(request, cancellationToken), Is.EqualTo(400));
    }

    private static async Task UnknownMethodAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var request = new UpgradeRequest(
            await UrlAsync(target)) { Method = "PUT", Protocols = RemoteCommandRequest.AllProtocols };
        Assert.That(await StatusAsync(request, cancellationToken), Is.EqualTo(405));
    }

    private static async Task NoStreamAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => target.Cri.Runtime.ExecAsync(
                new ExecRequest { ContainerId = container, Cmd = { "true" } },
                CriCalls.Options(cancellationToken: cancellationToken)).ResponseAsync);
    }

    private static async Task TtyWithStderrAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        var container = await target.RunSleeperAsync();
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => target.Cri.Runtime.ExecAsync(
                new ExecRequest
                {
                    ContainerId = container,
                    Cmd = { "true" },
                    Stdin = true,
                    Stdout = true,
                    Stderr = true,
                    Tty = true
                },
                CriCalls.Options(cancellationToken: cancellationToken)).ResponseAsync);
    }

    private static async Task<int> StatusAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        await using var answer = await request.SendAsync(cancellationToken);
        return answer.Status;
    }
}
