using System.Buffers;
using Google.Protobuf;
using Grpc.Core;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Methods that were bound, to be called with bytes as a client sends them.</summary>
internal sealed class BoundMethods : ServiceBinderBase
{
    private readonly Dictionary<string, Func<byte[], ServerCallContext, Task<byte[]>>> _unary = [];

    public List<string> Streams { get; } = [];

    public IEnumerable<string> Unary => _unary.Keys;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        _unary.Add(method.FullName, async (bytes, context) => Serialize(
            await handler!(method.RequestMarshaller.ContextualDeserializer(new Sent(bytes)), context), // bound with one
            method.ResponseMarshaller));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Streams.Add(method.FullName);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Streams.Add(method.FullName);

    public Task<byte[]> CallAsync(string method, IMessage request, string from = "unix:") =>
        CallAsync(method, request.ToByteArray(), from);

    public Task<byte[]> CallAsync(string method, byte[] request, string from = "unix:") =>
        _unary[method](request, new FakeCallContext { From = from });

    private static byte[] Serialize<T>(T message, Marshaller<T> marshaller)
    {
        var received = new Received();
        marshaller.ContextualSerializer(message, received);
        return received.Bytes;
    }

    private sealed class Sent(byte[] bytes) : DeserializationContext
    {
        public override int PayloadLength => bytes.Length;

        public override byte[] PayloadAsNewBuffer() => bytes;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
    }

    private sealed class Received : SerializationContext
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();

        public byte[] Bytes => _buffer.WrittenSpan.ToArray();

        public override void SetPayloadLength(int payloadLength)
        {
        }

        public override IBufferWriter<byte> GetBufferWriter() => _buffer;

        public override void Complete()
        {
        }

        public override void Complete(byte[] payload) => _buffer.Write(payload);
    }
}
