namespace Crisp.MonitorProtocol;

/// <summary>Streams of a container, as bits on the wire.</summary>
[Flags]
internal enum StreamKinds : byte
{
    None = 0,

    /// <summary>A pipe's writing end.</summary>
    Stdin = 1,

    /// <summary>A pipe's reading end, here and below.</summary>
    Stdout = 2,

    Stderr = 4,

    /// <summary>
    /// The main end of a terminal: to write input, where that is wanted, and to set its size; never to read.
    /// </summary>
    Terminal = 8,
}
