namespace Crisp.MonitorProtocol;

/// <summary>Monitor to daemon: how a request went; errno 0 is success.</summary>
internal sealed record RequestResult(uint Id, int Errno, string Text) : MonitorMessage;
