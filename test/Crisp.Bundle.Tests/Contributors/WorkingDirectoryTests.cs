namespace Crisp.Bundle.Tests.Contributors;

public class WorkingDirectoryTests
{
    [TestCase("", null, "/")]
    [TestCase("", "/srv", "/srv")]
    [TestCase("/a//b/./c/", "/srv", "/a/b/c")]
    public void Build_RequestThenImageThenRoot(string asked, string? image, string expected) =>
        Assert.That(Cwd(asked, image), Is.EqualTo(expected));

    [TestCase("/proc/self/fd/7")] // CVE-2024-21626
    [TestCase("/proc//self/./fd/7/")]
    [TestCase("/proc/1/task/1/fd")]
    [TestCase("/proc/self/cwd")]
    [TestCase("/dev/fd/8")]
    [TestCase("/a/../proc/self/fd/7")]
    [TestCase("relative")]
    [TestCase("/a\nb")]
    public void Build_DirectoryThatLeadsAway_IsRefused(string directory)
    {
        Refusal.Invalid(() => Cwd(directory, null), "working_dir");
        Refusal.Invalid(() => Cwd("", directory), "the image's working directory");
    }

    private static string Cwd(string asked, string? image) =>
        BundleBuilder.Build(
            Sample.Input(container => container.WorkingDir = asked) with { Image = Sample.Image(workingDir: image) })
            .Spec.Process!.Cwd; // always set
}
