using Crisp.Cni.Configuration;

namespace Crisp.Cni;

/// <summary>
/// Readiness for a caller that polls and must not wait: by configuration at once, and by what the plugins of a CNI 1.1
/// network last answered to STATUS. They are asked again beside the caller when their answer has grown old.
/// </summary>
public sealed class ObservedReadiness(CniNetworks networks, TimeProvider time)
{
    /// <summary>kubelet asks every 5 seconds: it learns of a change with its next question but one.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4);

    private Answer? _answer;
    private int _isAsking;

    public CniReadiness Current
    {
        get
        {
            var configured = networks.Readiness;
            if (!configured.Ready) return configured;
            var network = networks.Current();
            if (!network.Version.HasStatusAndGc) return configured;
            var known = Volatile.Read(ref _answer) is { } answer && ReferenceEquals(answer.Network, network)
                ? answer
                : null;
            if (known is null || time.GetElapsedTime(known.AskedAt) > MaxAge) _ = AskAsync(network);
            return known?.Readiness ?? configured;
        }
    }

    private async Task AskAsync(NetworkConfigurationList network)
    {
        if (Interlocked.Exchange(ref _isAsking, 1) != 0) return;
        try
        {
            var readiness = await networks.AskReadinessAsync(CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _answer, new Answer(network, readiness, time.GetTimestamp()));
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    private sealed record Answer(NetworkConfigurationList Network, CniReadiness Readiness, long AskedAt);
}
