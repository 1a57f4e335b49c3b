namespace Crisp.Streaming.RemoteCommand;

/// <summary>
/// The size of a terminal in characters, as resize messages hold it: <c>{"Width":80,"Height":24}</c>.
/// </summary>
public sealed record TerminalSize(ushort Width, ushort Height);
