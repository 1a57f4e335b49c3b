namespace Crisp.Daemon;

/// <summary>
/// What crisp ends with. Each failure of the start has its own number and one sentence on stderr, so that a unit's
/// RestartPreventExitStatus can tell what a restart may cure.
/// </summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Nothing we thought of; the sentence has the details.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A configuration file is wrong.</summary>
    public const int Configuration = 3;

    /// <summary>Somebody answers on the socket.</summary>
    public const int SocketInUse = 4;

    /// <summary>Another daemon works on the state directory.</summary>
    public const int StateLocked = 5;

    /// <summary>crisp-monitor is not where it should be.</summary>
    public const int MonitorMissing = 6;

    /// <summary>No OCI runtime, or not the default one.</summary>
    public const int RuntimeMissing = 7;
}
