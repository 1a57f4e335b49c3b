using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Microsoft.Extensions.Logging;

namespace Crisp.Cdi;

/// <summary>
/// The CDI devices of this node. The directories are looked at when a container asks for a device, and parsed when they
/// changed: nothing runs in between, no change is missed or late, and other containers pay nothing.
/// </summary>
public sealed partial class CdiRegistry(IReadOnlyList<string> directories, ILogger log)
{
    private static readonly string[] Extensions = [".json", ".yaml", ".yml"];

    private readonly Lock _change = new();
    private volatile IReadOnlyList<string> _directories = directories;
    private volatile CdiSnapshot _snapshot = CdiSnapshot.Empty;

    /// <summary>Other directories, for the containers that come.</summary>
    public void Use(IReadOnlyList<string> changed) => _directories = changed;

    /// <summary>What the devices need in config.json; null when none is asked for.</summary>
    /// <exception cref="CrispException">InvalidArgument: a device that no file defines, or that two do;
    /// FailedPrecondition: the host lacks a node.</exception>
    public SpecEdits? Resolve(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return null;
        var snapshot = Refresh();
        List<CdiEdits> edits = [];
        HashSet<CdiSpecFile> files = [];
        foreach (var name in names)
        {
            var (file, device) = snapshot.Find(name, out var conflict) ?? throw Unresolvable(name, conflict, snapshot);
            if (files.Add(file) && file.Spec!.ContainerEdits is { } common) // a file with devices has a specification
                edits.Add(common);
            if (device.ContainerEdits is { } own)
                edits.Add(own);
        }

        return CdiInjection.Of(edits);
    }

    private CrispException Unresolvable(string name, string? conflict, CdiSnapshot snapshot)
    {
        var reason = conflict ?? $"no file in {string.Join(" or ", _directories)} defines it";
        var broken = string.Concat(snapshot.Files.Where(file => file.Problem is not null)
            .Select(file => $"; {file.Path} cannot be used: {file.Problem}"));
        return CrispException.InvalidArgument(
            "config.CDI_devices", $"unresolvable CDI device \"{name}\": {reason}{broken}");
    }

    private CdiSnapshot Refresh()
    {
        var files = ConfigurationFiles.Read(_directories, Extensions);
        var snapshot = _snapshot;
        if (snapshot.IsOf(files))
            return snapshot;
        lock (_change)
        {
            if (_snapshot.IsOf(files))
                return _snapshot;
            snapshot = CdiSnapshot.Of(files);
            foreach (var file in snapshot.Files.Where(file => file.Problem is not null).Except(_snapshot.Files))
                LogBroken(file.Path, file.Problem!); // filtered above
            return _snapshot = snapshot;
        }
    }

    [LoggerMessage(4200, LogLevel.Warning, "skip CDI file {File}: {Problem}")]
    private partial void LogBroken(string file, string problem);
}
