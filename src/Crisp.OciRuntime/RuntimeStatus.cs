namespace Crisp.OciRuntime;

/// <summary>The states of the OCI runtime spec ("State"), and paused, which both runtimes add.</summary>
public enum RuntimeStatus
{
    Creating,
    Created,
    Running,
    Paused,
    Stopped,
}
