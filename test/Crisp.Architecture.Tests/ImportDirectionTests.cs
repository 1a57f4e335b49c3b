using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>Imports point downward only, in the project files and in what the code names.</summary>
public partial class ImportDirectionTests
{
    [Test]
    public void EveryProject_HasAPlaceOnTheMap() =>
        Assert.That(
            Imports.ProductProjects.Select(Path.GetFileNameWithoutExtension).Except(Imports.Allowed.Keys), Is.Empty,
            "a new project needs a line in Imports.cs");

    [Test]
    public void ProjectReferences_PointDownward() =>
        Assert.That(
            Imports.ProductProjects.SelectMany(project => Imports.References(project)
                .Where(reference => !May(Path.GetFileNameWithoutExtension(project), reference))
                .Select(reference => $"{project} references {reference}")),
            Is.Empty);

    [Test]
    public void Code_NamesOnlyWhatItsProjectMaySee() =>
        Assert.That(
            SourceTree.ProductCode.SelectMany(file => NamedProjects(file)
                .Where(named => !May(Imports.ProjectOf(file), named))
                .Select(named => $"{file} names {named}")),
            Is.Empty);

    [Test]
    public void GrpcTypes_StayAtTheDoor() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.ProductCode.Where(file => Imports.ProjectOf(file) is not
                    ("Crisp.Grpc" or "Crisp.Proto.Services" or "Crisp.Cri" or "Crisp.Ctl" or "Crisp.Daemon")),
                line => line.Contains("Grpc.Core", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void NoProductProject_SeesTheTests() =>
        Assert.That(
            Imports.ProductProjects.Where(
                project => SourceTree.Read(project).Contains("/test/", StringComparison.Ordinal)),
            Is.Empty);

    private static bool May(string project, string other) =>
        project == other || (Imports.Allowed.TryGetValue(project, out var allowed) && allowed.Contains(other));

    private static IEnumerable<string> NamedProjects(string file) =>
        NamespacePattern().Matches(WithoutComments(SourceTree.Read(file)))
            .Select(match => Longest(match.Value))
            .OfType<string>()
            .Distinct();

    private static string? Longest(string name) =>
        Imports.Allowed.Keys.Where(
            project => name == project || name.StartsWith(project + ".", StringComparison.Ordinal))
            .MaxBy(project => project.Length);

    private static string WithoutComments(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"(?<![\w.""])Crisp(\.[A-Z]\w*)+")]
    private static partial Regex NamespacePattern();
}
