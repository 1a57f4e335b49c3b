namespace Grpc.Core;

/// <summary>An RPC without its types.</summary>
public interface IMethod
{
    MethodType Type { get; }

    string ServiceName { get; }

    string Name { get; }

    /// <summary>The HTTP/2 path: /package.Service/Method.</summary>
    string FullName { get; }
}
