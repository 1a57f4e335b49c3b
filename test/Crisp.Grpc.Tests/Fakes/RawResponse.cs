using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>What came on one stream.</summary>
internal sealed class RawResponse
{
    public List<FrameHeader> Frames { get; } = [];

    /// <summary>Headers and trailers together.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    public List<byte> Body { get; } = [];
}
