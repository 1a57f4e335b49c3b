namespace Grpc.Core;

/// <summary>How a message becomes bytes and comes back.</summary>
public class Marshaller<T>(
    Action<T, SerializationContext> serializer,
    Func<DeserializationContext, T> deserializer)
{
    public Action<T, SerializationContext> ContextualSerializer { get; } = serializer;

    public Func<DeserializationContext, T> ContextualDeserializer { get; } = deserializer;
}
