using System.Text;
using System.Text.Json;
using Crisp.Linux;
using Crisp.Yaml;
using YamlDotNet.Core;

namespace Crisp.Cdi;

/// <summary>One file of a CDI directory: its specification, or the one sentence why it has none.</summary>
internal sealed record CdiSpecFile(string Path, CdiSpec? Spec, string? Problem)
{
    internal string Directory => System.IO.Path.GetDirectoryName(Path)!; // a file lies in a directory

    internal static CdiSpecFile Parse(ConfigurationFile file)
    {
        if (file.Problem is not null)
            return new CdiSpecFile(file.Path, null, file.Problem);
        try
        {
            CdiSpec? spec = System.IO.Path.GetExtension(file.Path) == ".json"
                ? JsonSerializer.Deserialize(file.Content.Span, CdiJson.Default.CdiSpec)
                : YamlReader.Read(Encoding.UTF8.GetString(file.Content.Span)).Deserialize(CdiJson.Default.CdiSpec);
            var problem = spec is null ? "it is empty" : CdiSpecCheck.ProblemOf(spec);
            return new CdiSpecFile(file.Path, problem is null ? spec : null, problem);
        }
        catch (Exception error) when (error is JsonException or YamlException)
        {
            return new CdiSpecFile(file.Path, null, error.Message);
        }
    }

    /// <summary>"vendor.com/class=device" of each of its devices.</summary>
    internal IEnumerable<(string Name, CdiDevice Device)> Devices =>
        Spec is null
            ? []
            : Spec.Devices!.Select(device => ($"{Spec.Kind}={device.Name}", device)); // checked when parsed
}
