namespace Crisp.Grpc.Tests.Fakes;

/// <summary>Deadlines as calls take them.</summary>
internal static class Deadline
{
    /// <summary>Not so soon that the call could be late for it: the handler is to be there when it passes.</summary>
    public static DateTime Soon => In(TimeSpan.FromSeconds(3));

    public static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
