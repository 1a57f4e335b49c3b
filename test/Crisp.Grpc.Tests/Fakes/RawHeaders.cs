using System.Buffers;
using System.Text;
using Crisp.Grpc.Hpack;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>Header blocks of a gRPC call, as literals.</summary>
internal static class RawHeaders
{
    public const string VersionPath = "/runtime.v1.RuntimeService/Version";
    public const string ExecSyncPath = "/runtime.v1.RuntimeService/ExecSync";

    public static byte[] ForCall(
        string path, string authority = "localhost", params (string Name, string Value)[] more) =>
        Encode([
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", authority),
            ("content-type", "application/grpc"), ("te", "trailers"), .. more,
        ]);

    public static byte[] Encode(params (string Name, string Value)[] fields)
    {
        var block = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in fields)
        {
            var field = new HeaderField(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
            LiteralEncoding.Write(field, block);
        }

        return block.WrittenSpan.ToArray();
    }
}
