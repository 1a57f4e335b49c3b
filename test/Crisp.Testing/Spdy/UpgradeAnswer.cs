namespace Crisp.Testing.Spdy;

/// <summary>What a server said to a request to change the protocol.</summary>
/// <param name="Status">101 if it does.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">Of an answer that refuses.</param>
/// <param name="Connection">What follows the answer, if it does.</param>
public sealed record UpgradeAnswer(
    int Status, IReadOnlyDictionary<string, string> Headers, string Body, Stream Connection) : IAsyncDisposable
{
    public string Protocol => Headers.GetValueOrDefault("x-stream-protocol-version", "");

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    public override string ToString() => $"{Status} {string.Join(", ", Headers)} {Body}";
}
