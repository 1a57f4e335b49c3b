using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Ctl.Documents;

/// <summary>Reads one protobuf message from a JSON or YAML file.</summary>
internal static class MessageDocument
{
    /// <param name="path">The file.</param>
    /// <param name="parser">The message's.</param>
    /// <param name="descriptor">The message's.</param>
    /// <param name="warnings">Where it is told which keys the message does not have.</param>
    internal static T Load<T>(
        string path, MessageParser<T> parser, MessageDescriptor descriptor, TextWriter warnings)
        where T : IMessage<T>
    {
        var strangers = new List<string>();
        var fitted = new MessageShape(strangers).Fit(DocumentText.Load(path), descriptor, path);
        foreach (var stranger in strangers)
            warnings.WriteLine($"crispctl: {stranger}; it is left out");
        try
        {
            return parser.ParseJson(fitted.ToJsonString());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new CtlException($"{path}: {e.Message}", e);
        }
        catch (InvalidJsonException e)
        {
            throw new CtlException($"{path}: {e.Message}", e);
        }
    }
}
