namespace Crisp.Streaming.Server;

/// <summary>PEM files, read again when they change.</summary>
/// <param name="Certificate">The server's, with the chain behind it.</param>
/// <param name="Key">Its private key.</param>
/// <param name="ClientCa">Clients need a certificate that one of these signed. Null: clients need none.</param>
public sealed record TlsFiles(string Certificate, string Key, string? ClientCa);
