using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Bundle.Tests;

/// <summary>Walks the descriptors of a request: every leaf field, settable to a value of its type.</summary>
internal static class RequestFields
{
    /// <summary>Longest way down; the messages themselves are no deeper.</summary>
    private const int MostLevels = 8;

    /// <summary>Dotted names of all leaves: scalars, enums, lists and maps of them.</summary>
    public static IEnumerable<FieldDescriptor[]> Leaves(MessageDescriptor message) => Leaves(message, []);

    public static string Name(FieldDescriptor[] path) => string.Join('.', path.Select(field => field.Name));

    /// <summary>Sets one leaf, and makes the messages on the way to it where they are missing.</summary>
    public static void Set(IMessage message, FieldDescriptor[] path, Func<FieldDescriptor, object> value)
    {
        foreach (var step in path[..^1])
            message = Enter(message, step);
        var leaf = path[^1];
        if (leaf.IsMap)
        {
            FieldDescriptor[] pair = [.. leaf.MessageType.Fields.InFieldNumberOrder()];
            ((IDictionary)leaf.Accessor.GetValue(message))[value(pair[0])] = value(pair[1]);
        }
        else if (leaf.IsRepeated)
        {
            ((IList)leaf.Accessor.GetValue(message)).Add(value(leaf));
        }
        else
        {
            leaf.Accessor.SetValue(message, value(leaf));
        }
    }

    private static IMessage Enter(IMessage message, FieldDescriptor step)
    {
        if (step.IsRepeated)
        {
            var list = (IList)step.Accessor.GetValue(message);
            if (list.Count == 0)
                list.Add(step.MessageType.Parser.ParseFrom(ByteString.Empty));
            return (IMessage)list[^1]!; // it has one now
        }

        if (step.Accessor.GetValue(message) is not IMessage next)
        {
            next = step.MessageType.Parser.ParseFrom(ByteString.Empty);
            step.Accessor.SetValue(message, next);
        }

        return next;
    }

    private static IEnumerable<FieldDescriptor[]> Leaves(MessageDescriptor message, FieldDescriptor[] way)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            FieldDescriptor[] path = [.. way, field];
            if (field.FieldType != FieldType.Message || field.IsMap)
            {
                yield return path;
            }
            else if (path.Length < MostLevels)
            {
                foreach (var leaf in Leaves(field.MessageType, path))
                    yield return leaf;
            }
        }
    }
}
