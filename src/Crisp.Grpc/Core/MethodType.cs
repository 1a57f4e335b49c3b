namespace Grpc.Core;

/// <summary>Which sides of an RPC are streams.</summary>
public enum MethodType
{
    Unary,
    ClientStreaming,
    ServerStreaming,
    DuplexStreaming,
}
