namespace Crisp.Monitor.Log;

/// <summary>What came of one look at an output of the container.</summary>
internal enum Movement
{
    /// <summary>Nothing is there now.</summary>
    None,

    /// <summary>Something was there; there may be more.</summary>
    Some,

    /// <summary>Nothing will come any more (of a terminal: unless it is opened again).</summary>
    End,
}
