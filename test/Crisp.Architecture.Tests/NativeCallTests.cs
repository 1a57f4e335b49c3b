using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>One project owns every call into native code, and every start of a process.</summary>
public partial class NativeCallTests
{
    private const string Owner = "src/Crisp.Linux/";

    [Test]
    public void Imports_AreInCrispLinuxOnly() =>
        Assert.That(SourceTree.Lines(Outside(), line => NativeImport().IsMatch(line)), Is.Empty);

    [Test]
    public void UnsafeBlocks_AreAllowedInCrispLinuxOnly() =>
        Assert.That(
            SourceTree.Files.Where(file => file.EndsWith("proj", StringComparison.Ordinal)
                || file.EndsWith(".props", StringComparison.Ordinal))
                .Where(file => SourceTree.Read(file).Contains("AllowUnsafeBlocks", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "src/Crisp.Linux/Crisp.Linux.csproj" }));

    [Test]
    public void Processes_AreStartedThroughCrispLinuxOnly() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.ProductCode,
                line => ProcessStart().IsMatch(line)),
            Is.Empty);

    [Test]
    public void DescriptorNumbers_StayInCrispLinux() =>
        Assert.That(
            SourceTree.Lines(Outside().Intersect(SourceTree.ProductCode), line => DescriptorNumber().IsMatch(line)),
            Is.Empty,
            "a descriptor is a FileDescriptor, which owns it");

    private static IEnumerable<string> Outside() => SourceTree.Code.Where(file =>
        !file.StartsWith(Owner, StringComparison.Ordinal)
            && !file.StartsWith(SourceTree.Self, StringComparison.Ordinal));

    [GeneratedRegex(@"\[\s*(DllImport|LibraryImport)\b")]
    private static partial Regex NativeImport();

    [GeneratedRegex(@"(?<!\w)Process\.Start\(|\bProcessStartInfo\b")]
    private static partial Regex ProcessStart();

    [GeneratedRegex(@"\bint\s+\w*(?:[a-z]Fd|Fds?|^fds?|\bfd)\b")]
    private static partial Regex DescriptorNumber();
}
