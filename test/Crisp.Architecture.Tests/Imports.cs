using System.Xml.Linq;

namespace Crisp.Architecture.Tests;

/// <summary>
/// The map of the house: what each project of the product may see. Imports point downward only; a project that is not
/// on the map has no place yet, and a test says so.
/// </summary>
public static class Imports
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Crisp.Errors"] = [],
        ["Crisp.Proto"] = [],
        ["Crisp.OciSpec"] = ["Crisp.Errors"],
        ["Crisp.Linux"] = ["Crisp.Errors"],
        ["Crisp.Toml"] = ["Crisp.Errors"],
        ["Crisp.Yaml"] = [],
        ["Crisp.Grpc"] = ["Crisp.Linux"],
        ["Crisp.Streaming"] = ["Crisp.Errors"],
        ["Crisp.Proto.Services"] = ["Crisp.Grpc", "Crisp.Proto"],

        // Crisp.Bundle is pure: it sees records and messages, and no kernel.
        ["Crisp.Bundle"] = ["Crisp.Errors", "Crisp.OciSpec", "Crisp.Proto"],
        ["Crisp.Images"] = ["Crisp.Errors", "Crisp.OciSpec", "Crisp.Linux"],
        ["Crisp.Cni"] = ["Crisp.Errors", "Crisp.Linux"],
        ["Crisp.Cdi"] = ["Crisp.Errors", "Crisp.OciSpec", "Crisp.Linux", "Crisp.Yaml", "Crisp.Bundle"],
        ["Crisp.OciRuntime"] = ["Crisp.Errors", "Crisp.OciSpec", "Crisp.Linux"],
        ["Crisp.MonitorProtocol"] = ["Crisp.Errors", "Crisp.Linux"],
        ["Crisp.Monitor"] = ["Crisp.Errors", "Crisp.Linux", "Crisp.MonitorProtocol"],

        ["Crisp.Pods"] =
        [
            "Crisp.Bundle", "Crisp.Images", "Crisp.Cni", "Crisp.Cdi", "Crisp.OciRuntime", "Crisp.MonitorProtocol",
            "Crisp.OciSpec", "Crisp.Proto", "Crisp.Linux", "Crisp.Errors",
        ],
        ["Crisp.Cri"] =
        [
            "Crisp.Pods", "Crisp.Streaming", "Crisp.Grpc", "Crisp.Proto.Services",
            "Crisp.Bundle", "Crisp.Images", "Crisp.Cni", "Crisp.OciRuntime",
            "Crisp.OciSpec", "Crisp.Proto", "Crisp.Linux", "Crisp.Errors",
        ],
        ["Crisp.Daemon"] =
        [
            "Crisp.Cri", "Crisp.Pods", "Crisp.Streaming", "Crisp.Grpc", "Crisp.Proto.Services", "Crisp.Toml",
            "Crisp.Bundle", "Crisp.Images", "Crisp.Cni", "Crisp.OciRuntime", "Crisp.MonitorProtocol",
            "Crisp.OciSpec", "Crisp.Proto", "Crisp.Linux", "Crisp.Errors",
        ],

        // crispctl speaks CRI and nothing else, so that it works against any runtime.
        ["Crisp.Ctl"] = ["Crisp.Grpc",
            "Crisp.Streaming", "Crisp.Proto.Services", "Crisp.Proto", "Crisp.Linux", "Crisp.Yaml", "Crisp.Errors"],
    };

    /// <summary>The project that a file belongs to: the nearest csproj above it.</summary>
    public static string ProjectOf(string file)
    {
        for (var directory = Path.GetDirectoryName(file); !string.IsNullOrEmpty(directory);
             directory = Path.GetDirectoryName(directory))
        {
            var project = SourceTree.Projects.FirstOrDefault(
                candidate => Path.GetDirectoryName(candidate) == directory);
            if (project is not null)
                return Path.GetFileNameWithoutExtension(project);
        }

        throw new InvalidOperationException($"{file} belongs to no project");
    }

    public static IEnumerable<string> References(string project) =>
        XDocument.Parse(SourceTree.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(
                reference.Attribute("Include")!.Value.Replace('\\', '/')));

    public static IEnumerable<string> ProductProjects =>
        SourceTree.Projects.Where(project => !project.StartsWith("test/", StringComparison.Ordinal));
}
