using Crisp.Linux;

namespace Crisp.Cdi;

/// <summary>What the CDI directories held at one moment, parsed; immutable.</summary>
internal sealed class CdiSnapshot
{
    private readonly IReadOnlyList<ConfigurationFile> _files;
    private readonly Dictionary<string, (CdiSpecFile File, CdiDevice Device)> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _conflicts = new(StringComparer.Ordinal);

    private CdiSnapshot(IReadOnlyList<ConfigurationFile> files)
    {
        _files = files;
        Files = [.. files.Select(CdiSpecFile.Parse)];
        foreach (var file in Files)
            Add(file);
    }

    internal static CdiSnapshot Empty { get; } = new([]);

    internal IReadOnlyList<CdiSpecFile> Files { get; }

    internal static CdiSnapshot Of(IReadOnlyList<ConfigurationFile> files) => new(files);

    internal bool IsOf(IReadOnlyList<ConfigurationFile> files) => ConfigurationFiles.Same(files, _files);

    /// <summary>Null, with the reason, when it is nobody's.</summary>
    internal (CdiSpecFile File, CdiDevice Device)? Find(string name, out string? conflict)
    {
        conflict = _conflicts.GetValueOrDefault(name);
        return conflict is null && _devices.TryGetValue(name, out var found) ? found : null;
    }

    /// <summary>Files come by directory: one of a later directory takes the place of an earlier one's.</summary>
    private void Add(CdiSpecFile file)
    {
        foreach (var (name, device) in file.Devices)
        {
            if (_devices.TryGetValue(name, out var other) && other.File.Directory == file.Directory)
                _conflicts[name] = $"both {other.File.Path} and {file.Path} define it";
            else
                _conflicts.Remove(name);
            _devices[name] = (file, device);
        }
    }
}
