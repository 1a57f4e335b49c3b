using Crisp.Pods.Metrics;

namespace Crisp.Pods.Tests.Metrics;

public sealed class BlockIoTests
{
    [Test]
    public void Unified_Reads()
    {
        BlockIo[] devices = [.. BlockIo.ParseUnified(
            "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n8:16 \nnonsense rbytes=1\n")];
        Assert.That(
            devices.Select(io => (io.Major, io.Minor, io.ReadBytes, io.WrittenBytes, io.Reads, io.Writes)),
            Is.EqualTo(new[] { (254u, 0u, 4096ul, 8192ul, 1ul, 2ul), (8u, 16u, 0ul, 0ul, 0ul, 0ul) }));
    }

    [Test]
    public void Separate_JoinsBytesAndOperations()
    {
        BlockIo[] devices = [.. BlockIo.ParseSeparate(
            "254:0 Read 4096\n254:0 Write 8192\n254:0 Sync 1\nTotal 12288\n",
            "254:0 Read 1\n254:0 Write 2\nTotal 3\n")];
        Assert.That(
            devices.Select(io => (io.Major, io.ReadBytes, io.WrittenBytes, io.Reads, io.Writes)),
            Is.EqualTo(new[] { (254u, 4096ul, 8192ul, 1ul, 2ul) }));
    }

    [Test]
    public void NoFile_NoDevices()
    {
        Assert.That(BlockIo.ParseUnified(null), Is.Empty);
        Assert.That(BlockIo.ParseSeparate(null, null), Is.Empty);
    }
}
