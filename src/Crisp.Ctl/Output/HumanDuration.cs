namespace Crisp.Ctl.Output;

/// <summary>Ages as docker, podman and crictl word them: "About an hour", "3 weeks".</summary>
internal static class HumanDuration
{
    internal static string Ago(long nanos, TimeProvider clock)
    {
        var age = clock.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromTicks(
            nanos / TimeSpan.NanosecondsPerTick);
        return $"{Of(age)} ago";
    }

    internal static string Of(TimeSpan age)
    {
        var seconds = (long)age.TotalSeconds;
        var minutes = (long)age.TotalMinutes;
        var hours = (long)(age.TotalHours + 0.5);
        return (seconds, minutes, hours) switch
        {
            ( < 1, _, _) => "Less than a second",
            (1, _, _) => "1 second",
            ( < 60, _, _) => $"{seconds} seconds",
            (_, 1, _) => "About a minute",
            (_, < 60, _) => $"{minutes} minutes",
            (_, _, 1) => "About an hour",
            (_, _, < 48) => $"{hours} hours",
            (_, _, < 24 * 14) => $"{hours / 24} days",
            (_, _, < 24 * 60) => $"{hours / 24 / 7} weeks",
            (_, _, < 24 * 730) => $"{hours / 24 / 30} months",
            _ => $"{hours / 24 / 365} years",
        };
    }
}
