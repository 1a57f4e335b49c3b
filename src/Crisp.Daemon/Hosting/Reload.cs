using System.Runtime.InteropServices;
using Crisp.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// SIGHUP: the configuration is read again, and what can change while pods run does. What cannot is said, key by key,
/// and so is a file with a mistake in it, which changes nothing.
/// </summary>
internal sealed class Reload : IDisposable
{
    private readonly CrispConfiguration _started;
    private readonly Func<LoadedConfiguration> _load;
    private readonly Func<CrispConfiguration, Task> _apply;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _one = new(1);
    private readonly PosixSignalRegistration _signal;
    private volatile CrispConfiguration _current;

    /// <param name="started">What the daemon was started with.</param>
    /// <param name="load">Reads the configuration again.</param>
    /// <param name="apply">Brings the reloaded keys of a configuration into effect.</param>
    /// <param name="log">Hears what changed and what did not.</param>
    public Reload(
        CrispConfiguration started, Func<LoadedConfiguration> load, Func<CrispConfiguration, Task> apply, ILogger log)
    {
        _started = started;
        _current = started;
        _load = load;
        _apply = apply;
        _log = log;
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true; // by default it ends a process
            _ = RunAsync();
        });
    }

    /// <summary>What is in effect: as started, but for the reloaded keys.</summary>
    public CrispConfiguration Current => _current;

    public async Task RunAsync()
    {
        await _one.WaitAsync();
        try
        {
            var loaded = _load();
            foreach (var warning in loaded.Warnings)
                _log.Configuration(warning);
            var next = Merge(loaded.Configuration);
            await _apply(next);
            _current = next;
            _log.ReadAgain();
        }
        catch (Exception e) when (e is ConfigurationException or StartException or IOException)
        {
            _log.NotReloaded(e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _signal.Dispose();

    private CrispConfiguration Merge(CrispConfiguration read)
    {
        foreach (var key in ConfigurationKeys.All)
        {
            var former = key.Reloaded ? _current : _started;
            if (key.Show(read) == key.Show(former))
                continue;
            if (key.Reloaded)
                _log.Reloaded(key.Name, key.Show(read), key.Show(former));
            else
                _log.NeedsRestart($"[{key.Table}] {key.Name}");
        }
        foreach (var name in read.Handlers.Keys.Union(_started.Handlers.Keys).Where(name => HasChanged(read, name)))
            _log.NeedsRestart($"[{HandlerKeys.TablePrefix}.{name}]");
        return _started with
        {
            Runtime = _started.Runtime with
            {
                LogLevel = read.Runtime.LogLevel,
                SeccompProfile = read.Runtime.SeccompProfile,
                PrivilegedSeccompProfile = read.Runtime.PrivilegedSeccompProfile,
                AppArmorProfile = read.Runtime.AppArmorProfile,
            },
            Image = _started.Image with
            {
                PinnedImages = read.Image.PinnedImages,
                InsecureRegistries = read.Image.InsecureRegistries,
            },
        };
    }

    private bool HasChanged(CrispConfiguration read, string name) =>
        !read.Handlers.TryGetValue(name, out var now) || !_started.Handlers.TryGetValue(name, out var before)
        || HandlerKeys.All.Any(key => key.Show(now) != key.Show(before));
}
