using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>The tree is complete in itself and builds anywhere.</summary>
public partial class TreeTests
{
    [Test]
    public void Solution_HoldsEveryProject()
    {
        var listed = SolutionProject().Matches(SourceTree.Read("Shim.sln"))
            .Select(match => match.Groups[1].Value.Replace('\\', '/'));

        Assert.That(listed, Is.EquivalentTo(SourceTree.Projects));
    }

    [Test]
    public void EveryProject_HasItsLockFile() =>
        Assert.That(
            SourceTree.Projects.Select(project => $"{Path.GetDirectoryName(project)}/packages.lock.json")
                .Except(SourceTree.Files),
            Is.Empty,
            "locked restore needs packages.lock.json beside each project");

    [Test]
    public void EveryProductProject_HasItsTests() =>
        Assert.That(
            Imports.ProductProjects
                .Select(project => Path.GetFileNameWithoutExtension(project))
                .Where(name => name is not ("Crisp.Errors" or "Crisp.Proto.Services")) // no behaviour of their own
                .Where(name => !SourceTree.Files.Any(
                    file => file.StartsWith($"test/{name}.Tests/", StringComparison.Ordinal))),
            Is.Empty);

    [Test]
    public void EveryProductProject_SaysWhatItIs() =>
        Assert.That(
            Imports.ProductProjects.Select(project => Path.GetDirectoryName(project)!) // a file's path has a directory
                .Where(directory => directory != "proto/services") // proto/README.md tells of both
                .Select(directory => $"{directory}/README.md").Except(SourceTree.Files),
            Is.Empty);

    [Test]
    public void PackageSources_AreTheRegistriesOwn() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                SourceTree.Files.Where(file => Path.GetFileName(file).ToLowerInvariant() is "nuget.config" or ".npmrc"),
                Is.Empty);
            Assert.That(
                SourceTree.Lines(
                    SourceTree.Files.Where(file => Path.GetFileName(file) == "package-lock.json"),
                    line => line.Contains("\"resolved\"", StringComparison.Ordinal)
                        && !line.Contains("https://registry.npmjs.org/", StringComparison.Ordinal)),
                Is.Empty);
        });

    [Test]
    public void Paths_OfOneMachineAreNowhere() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.Files.Where(
                    file => !file.StartsWith(SourceTree.Self, StringComparison.Ordinal) && IsText(file)),
                line => MachinePath().IsMatch(line)),
            Is.Empty);

    private static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".sh" or ".md" or ".json" or ".proto"
            or ".conf" or ".txt" or ".sln" or ".service" or "";

    [GeneratedRegex(@"^Project\(""[^""]+""\) = ""[^""]+"", ""([^""]+\.csproj)""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();

    [GeneratedRegex(@"(?<![\w.~}])/work/(?!dir\b)|/home/\w+/")]
    private static partial Regex MachinePath();
}
