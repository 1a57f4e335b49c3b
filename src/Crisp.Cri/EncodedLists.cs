using System.Buffers;
using Crisp.Cri.Messages;
using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>
/// Writes the lists that kubelet polls from items that are encoded already (<see cref="ListItems"/>): a list costs
/// little more than the copying of its bytes. Every other method is passed on as it is.
/// </summary>
internal sealed class EncodedLists(ServiceBinderBase server) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        server.AddMethod((Method<TRequest, TResponse>)Of(method), handler);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        server.AddMethod(method, handler);

    private static IMethod Of(IMethod method) => method switch
    {
        Method<ListContainersRequest, ListContainersResponse> list => FromItems(list, response => response.Containers),
        Method<ListPodSandboxRequest, ListPodSandboxResponse> list => FromItems(list, response => response.Items),
        _ => method,
    };

    /// <param name="method">Its response is a list and nothing else.</param>
    /// <param name="items">The list's.</param>
    private static Method<TRequest, TResponse> FromItems<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Func<TResponse, IReadOnlyList<IMessage>> items) =>
        new(method.Type, method.ServiceName, method.Name, method.RequestMarshaller, new Marshaller<TResponse>(
            (response, context) => Write(items(response), context),
            method.ResponseMarshaller.ContextualDeserializer));

    private static void Write(IReadOnlyList<IMessage> items, SerializationContext context)
    {
        var encoded = new byte[items.Count][];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] = ListItems.Encoded(items[i]);
            length += encoded[i].Length;
        }

        context.SetPayloadLength(length);
        Fill(context.GetBufferWriter(), encoded);
        context.Complete();
    }

    /// <summary>Asks for a buffer only when one is full: each time costs the transport several locks.</summary>
    private static void Fill(IBufferWriter<byte> target, byte[][] items)
    {
        var free = target.GetSpan();
        var filled = 0;
        foreach (var item in items)
        {
            var rest = item.AsSpan();
            while (rest.Length > free.Length)
            {
                rest[..free.Length].CopyTo(free);
                rest = rest[free.Length..];
                target.Advance(filled + free.Length);
                free = target.GetSpan();
                filled = 0;
            }

            rest.CopyTo(free);
            free = free[rest.Length..];
            filled += rest.Length;
        }

        target.Advance(filled);
    }
}
