using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Cri.Tests.Generations.Legacy;

/// <summary>
/// One RPC of 1.5 as it was written down: the request in 1.5's words and what v1 is to see of it, the answer of v1 and
/// what 1.5 is to see of that.
/// </summary>
internal sealed record GoldenExchange(IMessage LegacyRequest, IMessage Request, IMessage Answer, IMessage LegacyAnswer)
{
    private static readonly string s_directory = Path.Combine(AppContext.BaseDirectory, "Generations", "golden");

    private static readonly JsonParser s_parser = JsonParser.Default;

    public static IEnumerable<string> Rpcs =>
        Directory.GetFiles(s_directory, "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static GoldenExchange Read(string rpc)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_directory, rpc + ".json")));
        var (legacy, v1) = (Method(global::Runtime.Legacy.VersionRequest.Descriptor.File, rpc),
            Method(global::Runtime.V1.VersionRequest.Descriptor.File, rpc));
        return new GoldenExchange(
            Message(json, "request", "legacy", legacy.InputType),
            Message(json, "request", "v1", v1.InputType),
            Message(json, "answer", "v1", v1.OutputType),
            Message(json, "answer", "legacy", legacy.OutputType));
    }

    public static MethodDescriptor Method(FileDescriptor file, string rpc) =>
        file.Services.Select(service => service.FindMethodByName(rpc)).Single(method => method is not null);

    private static IMessage Message(JsonDocument json, string exchange, string side, MessageDescriptor type) =>
        s_parser.Parse(json.RootElement.GetProperty(exchange).GetProperty(side).GetRawText(), type);
}
