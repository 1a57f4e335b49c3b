using System.Net.WebSockets;
using System.Text;
using Crisp.Streaming.Tests.Fakes;
using Crisp.Streaming.WebSockets;

namespace Crisp.Streaming.Tests.WebSockets;

[CancelAfter(120_000)]
public class WebSocketChannelsTests
{
    private WebSocket _client = null!;
    private WebSocket _server = null!;

    [SetUp]
    public void Connect()
    {
        var (one, other) = DuplexStream.Pair();
        _client = WebSocket.CreateFromStream(one, new WebSocketCreationOptions { IsServer = false });
        _server = WebSocket.CreateFromStream(other, new WebSocketCreationOptions { IsServer = true });
    }

    [TearDown]
    public void Disconnect()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [TestCase(ChannelEncoding.Binary, 1, "hi", "016869", WebSocketMessageType.Binary)]
    [TestCase(ChannelEncoding.Base64, 1, "hi", "3161476B3D", WebSocketMessageType.Text)]
    [TestCase(ChannelEncoding.Binary, 3, "", "03", WebSocketMessageType.Binary)]
    public async Task Send_IsTheseBytes(
        ChannelEncoding encoding, int channel, string payload, string hex, WebSocketMessageType type,
        CancellationToken timeout)
    {
        using var channels = new WebSocketChannels(_server, encoding);
        await channels.SendAsync((byte)channel, Encoding.ASCII.GetBytes(payload), timeout);

        var buffer = new byte[100];
        var result = await _client.ReceiveAsync(buffer, timeout);

        Assert.That((Convert.ToHexString(buffer[..result.Count]), result.MessageType), Is.EqualTo((hex, type)));
    }

    [Test]
    public async Task CloseSignal_IsTwoBytes(CancellationToken timeout)
    {
        using var channels = new WebSocketChannels(_client, ChannelEncoding.Binary);
        await channels.SendCloseSignalAsync(0, timeout);

        var buffer = new byte[100];
        var result = await _server.ReceiveAsync(buffer, timeout);

        Assert.That(buffer[..result.Count], Is.EqualTo(new byte[] { 255, 0 }));
    }

    [TestCase(ChannelEncoding.Binary)]
    [TestCase(ChannelEncoding.Base64)]
    public async Task Channels_ComeApart_WhateverTheLength(ChannelEncoding encoding, CancellationToken timeout)
    {
        using var sender = new WebSocketChannels(_client, encoding);
        using var receiver = new WebSocketChannels(_server, encoding);
        var received = new Dictionary<byte, MemoryStream> { [1] = new MemoryStream(), [2] = new MemoryStream() };
        var receiving = receiver.ReceiveAsync(
            (channel, piece) => received[channel].WriteAsync(piece, timeout), timeout);
        var large = new byte[1_000_000];
        new Random(1).NextBytes(large);

        await sender.SendAsync(1, large, timeout);
        await sender.SendAsync(2, "x"u8.ToArray(), timeout);
        await sender.SendAsync(1, ReadOnlyMemory<byte>.Empty, timeout);
        await sender.CloseAsync(WebSocketCloseStatus.NormalClosure, "", timeout);
        await receiving.WaitAsync(timeout);

        Assert.That((received[1].ToArray(), received[2].ToArray()), Is.EqualTo((large, "x"u8.ToArray())));
    }

    [TestCase("0***", "not base64")]
    [TestCase(null, "longer than")]
    public async Task Receive_BrokenText_IsRefused(string? message, string reason, CancellationToken timeout)
    {
        using var receiver = new WebSocketChannels(_server, ChannelEncoding.Base64);
        var receiving = receiver.ReceiveAsync((_, _) => ValueTask.CompletedTask, timeout);
        byte[] bytes = message is null
            ? [.. Enumerable.Repeat((byte)'A', 2_000_000)]
            : Encoding.ASCII.GetBytes(message);

        var sending = _client.SendAsync(bytes, WebSocketMessageType.Text, true, timeout);

        Assert.That(async () => await receiving, Throws.InstanceOf<WebSocketException>().With.Message.Contains(reason));
        Assert.That(sending.IsFaulted, Is.False, "the receiver refused it, not the connection");
    }
}
