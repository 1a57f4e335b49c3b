using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Crisp.Grpc.Transport;

/// <summary>
/// Those connections of a socket that speak one protocol: a Kestrel endpoint serves only one in clear text.
/// </summary>
internal sealed class ProtocolEndPoint(string socketPath, HttpProtocols protocol) : EndPoint
{
    public HttpProtocols Protocol { get; } = protocol;

    public override string ToString() => $"unix:{socketPath} ({Protocol})";
}
