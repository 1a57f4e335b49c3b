namespace Crisp.Grpc.Tests.Fakes;

/// <summary>Deadlines as calls take them.</summary>
internal static class Deadline
{
    public static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
