namespace Crisp.MonitorProtocol;

/// <summary>Monitor to daemon: the runtime's create has succeeded. Repeated to every later daemon.</summary>
internal sealed record ContainerCreated(int Pid, ulong StartTime) : MonitorMessage;
