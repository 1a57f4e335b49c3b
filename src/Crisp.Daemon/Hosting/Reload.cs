using System.Runtime.InteropServices;
using Crisp.Daemon.Configuration;
using Crisp.Toml;
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
    private CrispConfiguration _files;

    /// <param name="started">What the daemon was started with.</param>
    /// <param name="load">Reads the configuration again.</param>
    /// <param name="apply">Brings the reloaded keys of a configuration into effect.</param>
    /// <param name="log">Hears what changed and what did not.</param>
    public Reload(
        LoadedConfiguration started, Func<LoadedConfiguration> load, Func<CrispConfiguration, Task> apply, ILogger log)
    {
        _started = started.Configuration;
        _current = started.Configuration;
        _files = started.Files;
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
            var next = Merge(loaded);
            await _apply(next);
            _current = next;
            _files = loaded.Files;
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

    /// <summary>
    /// A reloaded key changes where its value in the files has: what was said last counts, so a file that says
    /// something new goes before an option of the start, and one that says what it said does not.
    /// </summary>
    private CrispConfiguration Merge(LoadedConfiguration read)
    {
        var next = _current;
        foreach (var key in ConfigurationKeys.All)
        {
            if (!key.Reloaded && key.Show(read.Configuration) != key.Show(_started))
                _log.NeedsRestart($"[{key.Table}] {key.Name}");
            if (!key.Reloaded || key.Show(read.Files) == key.Show(_files))
                continue;
            var before = key.Show(next);
            next = key.Apply(next, new ConfiguredValue(
                "", key.Name, TomlDocument.Parse($"value = {key.Show(read.Files)}").Entries[0].Value));
            _log.Reloaded(key.Name, key.Show(next), before);
        }
        foreach (var name in read.Configuration.Handlers.Keys.Union(_started.Handlers.Keys)
            .Where(name => HasChanged(read.Configuration, name)))
        {
            _log.NeedsRestart($"[{HandlerKeys.TablePrefix}.{name}]");
        }
        return next;
    }

    private bool HasChanged(CrispConfiguration read, string name) =>
        !read.Handlers.TryGetValue(name, out var now) || !_started.Handlers.TryGetValue(name, out var before)
        || HandlerKeys.All.Any(key => key.Show(now) != key.Show(before));
}
