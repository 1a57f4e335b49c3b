using Crisp.Errors;
using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// A monitor that has nothing to watch yet. Disposed before its container was created, it ends; so it does when the
/// daemon is killed.
/// </summary>
internal sealed class StartedMonitor(
    Task<MonitorClient> starting,
    Func<MonitorLaunch> plan, Func<MonitorCreateException, CrispException> explain, string bootId) : IAsyncDisposable
{
    private bool _isTaken;

    /// <summary>Returns when the runtime's create is done; a failed create throws the runtime's own words.</summary>
    internal async Task<IMonitor> CreateAsync(CancellationToken cancellation)
    {
        try
        {
            var client = await starting.ConfigureAwait(false);
            await client.CreateAsync(plan(), cancellation).ConfigureAwait(false);
            _isTaken = true;
            return new MonitorConnection(client, bootId);
        }
        catch (MonitorCreateException failure)
        {
            throw explain(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isTaken)
            return;
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
            await (await starting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }
}
