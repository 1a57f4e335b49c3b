using Runtime.V1;

namespace Crisp.Ctl.Output;

/// <summary>States in the words of crictl's tables.</summary>
internal static class StateText
{
    internal static string Of(ContainerState state) => state switch
    {
        ContainerState.ContainerCreated => "Created",
        ContainerState.ContainerRunning => "Running",
        ContainerState.ContainerExited => "Exited",
        _ => "Unknown",
    };

    /// <summary>As CRI spells it.</summary>
    internal static string InFull(ContainerState state) => $"CONTAINER_{Of(state).ToUpperInvariant()}";

    internal static string Of(PodSandboxState state) => state == PodSandboxState.SandboxReady ? "Ready" : "NotReady";
}
