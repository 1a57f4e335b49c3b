using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Fakes;

internal readonly record struct RawFrame(FrameHeader Header, byte[] Payload);
