namespace Crisp.Streaming.Server;

/// <summary>A request that is answered with a status and a sentence instead of a session.</summary>
internal sealed class RefusedException(int status, string sentence) : Exception(sentence)
{
    public int Status => status;
}
