namespace Crisp.MonitorProtocol;

/// <summary>Monitor to daemon: the container has ended, and the record is on disk as far as that worked.</summary>
internal sealed record ContainerExited(ExitRecord Record) : MonitorMessage;
