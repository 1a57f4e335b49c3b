namespace Crisp.OciRuntime;

/// <summary>
/// The client's side of an exec: what the command reads from and writes to. Null: nothing, and nowhere.
/// </summary>
public sealed record ExecStreams
{
    /// <summary>
    /// Its end ends the command's input, too; with a terminal it does not, since a terminal has no end.
    /// </summary>
    public Stream? Stdin { get; init; }

    public Stream? Stdout { get; init; }

    /// <summary>Without meaning for a terminal.</summary>
    public Stream? Stderr { get; init; }

    /// <summary>Sizes of the client's terminal, in characters.</summary>
    public IAsyncEnumerable<(ushort Columns, ushort Rows)>? Sizes { get; init; }
}
