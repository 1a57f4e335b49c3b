namespace Crisp.Ctl;

/// <summary>Whoever read the output has had enough, as head(1) has: there is nobody to tell it to.</summary>
internal sealed class OutputClosedException() : IOException("nobody reads the output any more");
