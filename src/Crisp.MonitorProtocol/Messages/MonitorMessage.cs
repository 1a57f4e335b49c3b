namespace Crisp.MonitorProtocol;

/// <summary>One message of the wire; <see cref="MonitorCodec"/> has their bytes.</summary>
internal abstract record MonitorMessage;
