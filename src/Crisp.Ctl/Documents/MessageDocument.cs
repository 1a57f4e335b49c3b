using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Ctl.Documents;

/// <summary>Reads one protobuf message from a JSON or YAML file.</summary>
internal static class MessageDocument
{
    internal static T Load<T>(string path, MessageParser<T> parser, MessageDescriptor descriptor)
        where T : IMessage<T>
    {
        var fitted = MessageShape.Fit(DocumentText.Load(path), descriptor, path);
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
