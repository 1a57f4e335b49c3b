using Crisp.Bundle.Hooks;
using Crisp.Linux;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Hooks;

/// <summary>
/// The OCI hooks directories of this node. They are looked at when a container is made, and parsed only when they
/// changed: a directory that is not there costs one call. A file that cannot be used is left out, and the log says so
/// once.
/// </summary>
internal sealed class HookDirectories(IReadOnlyList<string> directories, ILogger log)
{
    private static readonly string[] Extensions = [".json"];

    private readonly Lock _change = new();
    private volatile Snapshot _snapshot = new([], []);

    /// <summary>In the order of the files' names, whatever directory they are in.</summary>
    internal IReadOnlyList<HookRule> Read()
    {
        var files = ConfigurationFiles.Read(directories, Extensions);
        var snapshot = _snapshot;
        if (ConfigurationFiles.Same(files, snapshot.Files))
            return snapshot.Rules;
        lock (_change)
        {
            if (!ConfigurationFiles.Same(files, _snapshot.Files))
                _snapshot = Parse(files, _snapshot.Files);
            return _snapshot.Rules;
        }
    }

    private Snapshot Parse(IReadOnlyList<ConfigurationFile> files, IReadOnlyList<ConfigurationFile> before)
    {
        List<HookRule> rules = [];
        foreach (var file in files.GroupBy(file => Path.GetFileName(file.Path))
            .OrderBy(named => named.Key, StringComparer.Ordinal).Select(named => named.Last()))
        {
            var (rule, problem) = HookRules.Of(file);
            if (rule is not null)
                rules.Add(rule);
            else if (!before.Any(file.SameAs))
                log.SkipHook(file.Path, problem!); // no rule, so a problem
        }

        return new Snapshot(files, rules);
    }

    private sealed record Snapshot(IReadOnlyList<ConfigurationFile> Files, IReadOnlyList<HookRule> Rules);
}
