namespace Crisp.Monitor;

/// <summary>
/// The life of a monitor. WaitingForLaunch -> Creating -> Running -> Draining -> Exited -> Ended; a failed create goes
/// from Creating to Ended, as does a daemon that vanishes before it said what to do.
/// </summary>
internal enum MonitorPhase
{
    /// <summary>Nothing is known but the connection.</summary>
    WaitingForLaunch,

    /// <summary>The runtime's create runs.</summary>
    Creating,

    /// <summary>The container is there.</summary>
    Running,

    /// <summary>It has ended; its pipes may still hold output.</summary>
    Draining,

    /// <summary>The exit is on record; a daemon that is connected has yet to acknowledge it.</summary>
    Exited,

    /// <summary>Nothing is left to do.</summary>
    Ended,
}
