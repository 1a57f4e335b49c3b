namespace Crisp.Ctl.Streaming;

/// <summary>
/// The streams that an exec or attach was asked for; stdout always, stderr unless there is a terminal.
/// </summary>
internal sealed record CommandStreams(bool Stdin, bool Tty);
