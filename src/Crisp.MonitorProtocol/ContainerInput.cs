namespace Crisp.MonitorProtocol;

/// <summary>What a container without a terminal reads; the numbers are those on the wire.</summary>
public enum ContainerInput : byte
{
    /// <summary>/dev/null.</summary>
    None = 0,

    /// <summary>A pipe that attachers write to, and that stays open whoever comes and goes.</summary>
    Open = 1,

    /// <summary>A pipe that ends when the last attacher that has it closes it or goes.</summary>
    OpenOnce = 2,
}
