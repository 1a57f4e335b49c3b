using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class NetworkDevicesTests
{
    private const string File = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
          net1:       5       1    0    0    0     0          0         0        6       1    0    0    0     0       0          0
          eth0: 1234567   89012    3    4    0     0          0         0  7654321   21098    5    6    0     0       0          0
        """;

    [Test]
    public void Parse_LeavesTheLoopbackOut()
    {
        var devices = NetworkDevices.Parse(File);
        Assert.That(devices.Select(device => device.Name), Is.EqualTo(new[] { "net1", "eth0" }));
        Assert.That(devices[1], Is.EqualTo(new NetworkDevice
        {
            Name = "eth0",
            ReceivedBytes = 1234567, ReceivedPackets = 89012, ReceiveErrors = 3, ReceiveDrops = 4,
            SentBytes = 7654321, SentPackets = 21098, SendErrors = 5, SendDrops = 6,
        }));
    }

    [Test]
    public void Of_TheInterfaceOfCniIsTheDefault()
    {
        var stats = NetworkStats.Of(NetworkDevices.Parse(File), nowNanos: 7);
        Assert.That(stats?.Default.Name, Is.EqualTo("eth0"));
        Assert.That(stats?.Others.Select(device => device.Name), Is.EqualTo(new[] { "net1" }));
    }

    [Test]
    public void Of_OnlyTheLoopback_IsNothing() => Assert.That(NetworkStats.Of([], nowNanos: 7), Is.Null);
}
