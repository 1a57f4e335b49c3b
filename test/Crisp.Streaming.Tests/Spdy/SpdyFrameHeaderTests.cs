using Crisp.Streaming.Spdy;

namespace Crisp.Streaming.Tests.Spdy;

/// <summary>The byte table of <see cref="SpdyFrameHeader"/>.</summary>
public class SpdyFrameHeaderTests
{
    private static readonly TestCaseData[] s_frames =
    [
        new(SpdyFrameHeader.Data(5, 3, fin: false), "0000000500000003"),
        new(SpdyFrameHeader.Data(0x7FFFFFFF, 0xFFFFFF, fin: true), "7FFFFFFF01FFFFFF"),
        new(SpdyFrameHeader.Control(SpdyFrameType.SynStream, 10, SpdyFlags.Unidirectional), "800300010200000A"),
        new(SpdyFrameHeader.Control(SpdyFrameType.Ping, 4), "8003000600000004"),
        new(SpdyFrameHeader.Control(SpdyFrameType.WindowUpdate, 8), "8003000900000008"),
    ];

    [TestCaseSource(nameof(s_frames))]
    public void Header_IsTheseBytes(SpdyFrameHeader header, string hex)
    {
        var bytes = new byte[SpdyFrameHeader.Size];
        header.Write(bytes);

        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexString(bytes), Is.EqualTo(hex));
            Assert.That(SpdyFrameHeader.Read(bytes), Is.EqualTo(header));
        });
    }

    [Test]
    public void Read_OtherVersion_SaysIt() =>
        Assert.That(SpdyFrameHeader.Read([0x80, 2, 0, 1, 0, 0, 0, 0]).SaidVersion, Is.EqualTo(2));
}
