using System.Buffers.Binary;

namespace Crisp.MonitorProtocol.Tests;

public sealed class MonitorCodecTests
{
    private static readonly MonitorLaunch s_launch = new()
    {
        ContainerId = "c1",
        SocketPath = "/run/crisp/m/c1",
        RuntimeProgram = "/usr/bin/crun",
        RuntimeArguments = ["create", "--bundle", "/b", "", "Ünï"],
        RuntimeEnvironment = ["A=b"],
        RuntimeLogFile = "/run/log",
        BundleDirectory = "/b",
        PidFile = "/run/pid",
        LogDirectory = "/var/log/pods/x",
        LogPath = "c/0.log",
        MaxLogBytes = long.MaxValue,
        ExitRecordPaths = ["/run/e", "/var/e"],
        MonitorCgroups = ["/sys/fs/cgroup/x"],
        MemoryCgroup = null,
        OomScoreAdj = -999,
        ConsoleSocketPath = "/run/crisp/m/c1.tty",
        Input = ContainerInput.OpenOnce,
        StartsProgram = true,
        RuntimeExecutable = "/proc/1/fd/9",
    };

    private static readonly ExitRecord s_record = new(137, 9, true, 1_785_578_400_123_456_789, "lost\nlines")
    {
        Pid = 4242,
        StartTime = ulong.MaxValue,
        BootId = "b",
    };

    internal static readonly MonitorMessage[] Messages =
    [
        new Hello(1),
        new ContainerCreated(17, 99),
        new CreateFailed("exec: not found", IsByRuntime: true),
        new ContainerExited(s_record),
        new ContainerExited(new ExitRecord(0, null, false, 1, null)),
        new AcknowledgeExit(),
        new SignalContainer(7, 15),
        new ReopenLog(uint.MaxValue),
        new AbortCreate(),
        new RequestResult(7, 3, "no"),
        new Attach(9, StreamKinds.Stdin | StreamKinds.Stderr),
        new Attached(9, StreamKinds.Stdout | StreamKinds.Terminal),
        new CloseAttachInput(9),
        new Detach(uint.MaxValue),
        new AttachEnded(9, WasTooSlow: true),
    ];

    [TestCaseSource(nameof(Messages))]
    public void RoundTrip_EveryMessage_IsEqual(object message)
    {
        byte[] buffer = new byte[MonitorCodec.MaxMessageBytes];
        int length = MonitorCodec.Encode((MonitorMessage)message, buffer);
        Assert.That(MonitorCodec.Decode(buffer.AsSpan(0, length)), Is.EqualTo(message));
    }

    [Test]
    public void RoundTrip_Launch_KeepsEveryField()
    {
        byte[] buffer = new byte[MonitorCodec.MaxMessageBytes];
        int length = MonitorCodec.Encode(new LaunchContainer(s_launch), buffer);
        MonitorLaunch back = ((LaunchContainer)MonitorCodec.Decode(buffer.AsSpan(0, length))).Launch;
        Assert.Multiple(() =>
        {
            foreach (var property in typeof(MonitorLaunch).GetProperties())
                Assert.That(property.GetValue(back), Is.EqualTo(property.GetValue(s_launch)), property.Name);
        });
    }

    [Test]
    public void Encode_Signal_HasTheDocumentedBytes()
    {
        byte[] buffer = new byte[64];
        int length = MonitorCodec.Encode(new SignalContainer(0x01020304, 9), buffer);
        Assert.That(buffer[..length], Is.EqualTo(new byte[] { 7, 0, 4, 3, 2, 1, 9, 0, 0, 0 }));
    }

    [Test]
    public void Decode_UnknownType_IsNamed_NotRefused() => Assert.That(
        MonitorCodec.Decode([200, 0, 5, 0, 0, 0, 1, 2, 3]), Is.EqualTo(new UnknownMessage(200, 5)));

    [Test]
    public void Decode_YoungerFieldsAtTheEnd_AreIgnored_AndAbsentOnesEmpty()
    {
        byte[] buffer = new byte[64];
        int length = MonitorCodec.Encode(new ContainerCreated(17, 99), buffer);
        Assert.Multiple(() =>
        {
            Assert.That(MonitorCodec.Decode(buffer.AsSpan(0, length + 8)), Is.EqualTo(new ContainerCreated(17, 99)));
            Assert.That(MonitorCodec.Decode(buffer.AsSpan(0, length - 8)), Is.EqualTo(new ContainerCreated(17, 0)));
            Assert.That(
                () => MonitorCodec.Decode(buffer.AsSpan(0, length - 1)), Throws.TypeOf<MonitorProtocolException>());
        });
    }

    [Test]
    public void Encode_TooLong_IsRefused() => Assert.That(
        () => MonitorCodec.Encode(new CreateFailed(new string('x', 100), IsByRuntime: false), new byte[50]),
        Throws.TypeOf<MonitorProtocolException>());

    [Test]
    public void Decode_RandomBytes_OnlyEverThrowsItsOwnException()
    {
        var random = new Random(42);
        byte[] buffer = new byte[MonitorCodec.MaxMessageBytes];
        for (int i = 0; i < 50_000; i++)
        {
            int length = i % 2 == 0 ? Garbage(random, buffer) : Damaged(random, buffer);
            try
            {
                MonitorCodec.Decode(buffer.AsSpan(0, length));
            }
            catch (MonitorProtocolException)
            {
            }
        }
    }

    private static int Garbage(Random random, byte[] buffer)
    {
        int length = random.Next(200);
        random.NextBytes(buffer.AsSpan(0, length));
        if (length >= 2)
            BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)random.Next(12));
        return length;
    }

    private static int Damaged(Random random, byte[] buffer)
    {
        int length = MonitorCodec.Encode(new LaunchContainer(s_launch), buffer);
        for (int j = 0; j < 3; j++)
            buffer[random.Next(2, length)] = (byte)random.Next(256);
        return random.Next(length + 1);
    }
}
