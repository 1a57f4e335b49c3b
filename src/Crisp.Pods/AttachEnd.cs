namespace Crisp.Pods;

/// <summary>Why the output of an attach has ended.</summary>
public enum AttachEnd
{
    /// <summary>The container has ended, and all its output was delivered.</summary>
    ContainerExited,

    /// <summary>The reader fell behind by more than its buffer holds, and was cut off; the container runs on.</summary>
    TooSlow,

    /// <summary>The monitor is gone: nobody can say more of the container here.</summary>
    MonitorLost,
}
