namespace Crisp.OciSpec.Runtime;

/// <summary>RDMA limits of one device.</summary>
public sealed record RdmaLimit
{
    public uint? HcaHandles { get; init; }

    public uint? HcaObjects { get; init; }
}
