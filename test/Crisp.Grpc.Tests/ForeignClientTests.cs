using Crisp.Grpc.Tests.Fakes;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests;

/// <summary>The server as @grpc/grpc-js sees it, whose HTTP/2 is nghttp2's: Huffman, dynamic table and all.</summary>
[CancelAfter(120_000)]
internal sealed class ForeignClientTests
{
    private RunningServer _server;

    [OneTimeSetUp]
    [CancelAfter(300_000)]
    public async Task InstallAsync() => await ForeignClient.InstallAsync(TestContext.CurrentContext.CancellationToken);

    [SetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("")]
    [TestCase("localhost")]
    [TestCase("/run/x.sock")]
    [TestCase("%2Frun%2Fx.sock")]
    public async Task Unary_AnyAuthority_IsAnswered(string authority, CancellationToken timeout)
    {
        var result = await ForeignClient.CallAsync(_server, "version", authority, timeout);

        Assert.That(result.GetProperty("code").GetInt32(), Is.Zero, result.ToString());
        Assert.That(result.GetProperty("response").GetProperty("version").GetString(), Is.EqualTo("v1"));
    }

    [TestCase("localhost")]
    [TestCase("/run/x.sock")]
    public async Task Unary_ManyAtOnce_AllAreAnswered(string authority, CancellationToken timeout)
    {
        var result = await ForeignClient.CallAsync(_server, "parallel", authority, timeout);

        Assert.That(result.GetProperty("right").GetInt32(), Is.EqualTo(300));
    }

    [Test]
    public async Task Error_NonAsciiMessage_Arrives(CancellationToken timeout)
    {
        const string Text = "Behälter „zwölf“ 100% weg\n容器";
        _server.Runtime.OnExecSync = (_, _) => throw new RpcException(
            new Status(StatusCode.FailedPrecondition, Text), new Metadata { { "detail-bin", [1, 255] } });

        var result = await ForeignClient.CallAsync(_server, "exec", "id", timeout);

        Assert.That(result.GetProperty("code").GetInt32(), Is.EqualTo(9));
        Assert.That(result.GetProperty("details").GetString(), Is.EqualTo(Text));
        Assert.That(
            result.GetProperty("trailers").GetProperty("detail-bin").EnumerateArray().Select(octet => octet.GetInt32()),
            Is.EqualTo(new[] { 1, 255 }));
    }

    [Test]
    public async Task Metadata_TravelsBothWays(CancellationToken timeout)
    {
        var received = new Metadata();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            received = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "early", "1" } });
            context.ResponseTrailers.Add("late", "2");
            return new ExecSyncResponse();
        };

        var result = await ForeignClient.CallAsync(_server, "metadata", "", timeout);

        Assert.That(received.GetValue("trace"), Is.EqualTo("abc"));
        Assert.That(received.GetValueBytes("raw-bin"), Is.EqualTo(new byte[] { 0, 128, 255 }));
        Assert.That(result.GetProperty("headers").GetProperty("early").GetString(), Is.EqualTo("1"));
        Assert.That(result.GetProperty("trailers").GetProperty("late").GetString(), Is.EqualTo("2"));
    }

    [TestCase("deadline", 4)]
    [TestCase("cancel", 1)]
    public async Task Unary_ClientGivesUp_HandlerIsCancelled(
        string scenario, int code, CancellationToken timeout)
    {
        var cancelled = new TaskCompletionSource();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            await using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new ExecSyncResponse();
        };

        var result = await ForeignClient.CallAsync(_server, scenario, "3000", timeout);

        Assert.That(result.GetProperty("code").GetInt32(), Is.EqualTo(code));
        await cancelled.Task.WaitAsync(timeout);
        await _server.Outcomes.WaitForAsync(outcome => !outcome.WithoutClient, timeout);
    }

    [TestCase("gzip", 1_000_000)]
    [TestCase("big", 1_000_000)]
    [TestCase("big", (16 * 1024 * 1024) - 100)]
    public async Task Unary_Message_ComesBackTheSame(string scenario, int length, CancellationToken timeout)
    {
        var result = await ForeignClient.CallAsync(_server, scenario, $"{length}", timeout);

        Assert.That(result.GetProperty("same").GetBoolean(), Is.True, result.ToString());
    }

    [TestCase("gzip")]
    [TestCase("big")]
    public async Task Unary_MessageBeyondTheBound_IsResourceExhausted(string scenario, CancellationToken timeout)
    {
        var result = await ForeignClient.CallAsync(_server, scenario, $"{17 << 20}", timeout);

        Assert.That(result.GetProperty("code").GetInt32(), Is.EqualTo(8), result.ToString());
    }

    [Test]
    public async Task Stream_ToItsEnd(CancellationToken timeout)
    {
        _server.Runtime.OnEvents = (stream, _) => WriteAsync(stream, 2000, timeout);

        var result = await ForeignClient.CallAsync(_server, "stream", "-1", timeout);

        Assert.That(result.ToString(), Is.EqualTo("""{"code":0,"details":"","count":2000,"inOrder":true}"""));
    }

    [Test]
    public async Task Stream_ClientGoesAway_HandlerIsCancelled(CancellationToken timeout)
    {
        var ended = new TaskCompletionSource();
        _server.Runtime.OnEvents = async (stream, context) =>
        {
            await using var registration = context.CancellationToken.Register(ended.SetResult);
            await WriteAsync(stream, 5, timeout);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };

        var result = await ForeignClient.CallAsync(_server, "stream", "5", timeout);

        Assert.That(result.GetProperty("code").GetInt32(), Is.EqualTo(1));
        await ended.Task.WaitAsync(timeout);
    }

    [TestCase("4,end", """{"code":0,"details":"","heard":"0 1 2 3"}""", "finished")]
    [TestCase("2,fail", """{"code":9,"details":"asked to","heard":"0 1"}""", "RpcException")]
    public async Task Conversation_GoesBothWaysUntilItsEnd(
        string argument, string expected, string end, CancellationToken timeout)
    {
        var result = await ForeignClient.CallAsync(_server, "converse", argument, timeout);

        Assert.That(result.ToString(), Is.EqualTo(expected));
        Assert.That(await _server.Conversation.End.WaitAsync(timeout), Is.EqualTo(end));
    }

    [Test]
    public async Task Conversation_ServerStops_EndsWithUnavailable(CancellationToken timeout)
    {
        var talking = ForeignClient.CallAsync(_server, "converse", "1000000000,end", timeout);
        await _server.Conversation.FirstQuestion.WaitAsync(timeout);

        await _server.Server.StopAsync(TimeSpan.FromSeconds(20));

        Assert.That((await talking).GetProperty("code").GetInt32(), Is.EqualTo((int)StatusCode.Unavailable));
    }

    private static async Task WriteAsync(
        IServerStreamWriter<ContainerEventResponse> stream, int count, CancellationToken timeout)
    {
        for (var i = 0; i < count; i++)
        {
            await stream.WriteAsync(new ContainerEventResponse { CreatedAt = i }, timeout);
        }
    }
}
