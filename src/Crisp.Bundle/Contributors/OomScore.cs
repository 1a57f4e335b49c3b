namespace Crisp.Bundle.Contributors;

/// <summary>
/// The score by which the kernel picks its OOM victims. Always set: the daemon protects itself with a low one, which
/// containers must not inherit.
/// </summary>
internal static class OomScore
{
    public static int Build(long asked, HostFacts host, Notes notes)
    {
        if (asked >= host.OwnOomScoreAdj || host.CanLowerOomScoreAdj)
            return (int)asked;
        notes.Add(
            $"oom_score_adj is clamped from {asked} to {host.OwnOomScoreAdj}: this host does not let the daemon lower it");
        return host.OwnOomScoreAdj;
    }
}
