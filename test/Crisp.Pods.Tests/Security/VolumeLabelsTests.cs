using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Security;
using Runtime.V1;

namespace Crisp.Pods.Tests.Security;

/// <summary>
/// Relabelling of volumes. This project's machines do not run SELinux; the kernel keeps the attribute nonetheless, for
/// root.
/// </summary>
public sealed class VolumeLabelsTests
{
    private const string Mine = "system_u:object_r:container_file_t:s0:c1,c2";
    private const string Annotation = "io.kubernetes.cri-o.TrySkipVolumeSELinuxLabel";

    private string _volume = null!; // set before each test

    [SetUp]
    public void MakeVolume()
    {
        if (Environment.UserName != "root")
            Assert.Fail("needs root");
        _volume = Directory.CreateTempSubdirectory("crisp-volume-").FullName;
        Directory.CreateDirectory($"{_volume}/inner");
        File.WriteAllText($"{_volume}/inner/file", "");
    }

    [TearDown]
    public void RemoveVolume() => Directory.Delete(_volume, recursive: true);

    [Test]
    public void Relabel_GivesAllOfIt_TheLabelOfThePod()
    {
        Relabel(Labels()!, _volume);

        Assert.That(LabelsOf(_volume), Is.EqualTo(new[] { Mine, Mine, Mine }));
    }

    [Test]
    public void Relabel_OfAVolumeOfAnotherPod_TakesItOver()
    {
        FileLabel.SELinux("system_u:object_r:container_file_t:s0:c7,c8").SetOn(_volume);

        Relabel(Labels()!, _volume);

        Assert.That(LabelsOf(_volume), Is.EqualTo(new[] { Mine, Mine, Mine }));
    }

    /// <summary>
    /// The annotation says that a top that is right stands for all; without leave of the handler it says nothing.
    /// </summary>
    [TestCase("true", true, false)]
    [TestCase("true", false, true)]
    [TestCase("false", true, true)]
    public void Relabel_WhereTheTopIsRight_MaySkipTheRest(string value, bool isAllowed, bool isRelabelled)
    {
        using (FileDescriptor top = FileDescriptor.Open(_volume, OpenFlags.PathOnly))
            Assert.That(FileLabel.SELinux(Mine).Set(top), Is.EqualTo(Errno.None));

        Relabel(Labels(annotation: value, isAllowed: isAllowed)!, _volume);

        Assert.That(
            LabelsOf(_volume), Is.EqualTo(new[] { Mine, isRelabelled ? Mine : null, isRelabelled ? Mine : null }));
    }

    [TestCase("/")]
    [TestCase("/usr")]
    [TestCase("/etc")]
    [TestCase("/home")]
    [TestCase("/var/lib")]
    [TestCase("/state")]
    public void Relabel_OfWhatIsTheSystems_IsRefused_AndChangesNothing(string path)
    {
        // whatever the path says, no harm is done here
        using FileDescriptor source = FileDescriptor.Open(_volume, OpenFlags.PathOnly);

        CrispException refusal =
            Assert.Throws<CrispException>(() => Labels()!.Relabel(source, path, CancellationToken.None))!;

        Assert.That(refusal.Kind, Is.EqualTo(ErrorKind.InvalidArgument));
        Assert.That(refusal.Message, Does.Contain("selinux_relabel").And.Contain(path));
        Assert.That(LabelsOf(_volume), Is.EqualTo(new string?[] { null, null, null }));
    }

    [Test]
    public void Of_ContainersThatNoLabelConfines_IsNothing()
    {
        Assert.That(Labels(type: "spc_t"), Is.Null);
        Assert.That(VolumeLabels.Of(null, new ContainerConfig(),
            new PodSandboxConfig(), Facts(isAllowed: false), Options()), Is.Null, "privileged, or no SELinux");
    }

    private static VolumeLabels? Labels(string annotation = "", bool isAllowed = false, string type = "")
    {
        PodSandboxConfig pod = new();
        if (annotation.Length > 0)
            pod.Annotations[Annotation] = annotation;
        ContainerConfig container =
            new() { Linux = new() { SecurityContext = new() { SelinuxOptions = new() { Type = type } } } };
        return VolumeLabels.Of(
            new SELinuxLabels("u:r:container_t:s0:c1,c2", Mine), container, pod, Facts(isAllowed), Options());
    }

    private static RuntimeFacts Facts(bool isAllowed) =>
        new() { OciVersion = "1.0.2", AllowedAnnotations = isAllowed ? [Annotation] : [] };

    private static PodsOptions Options() => new() { Handlers = [], DefaultHandler = "", StateDirectory = "/state" };

    private static void Relabel(VolumeLabels labels, string path)
    {
        using FileDescriptor source = FileDescriptor.Open(path, OpenFlags.PathOnly);
        labels.Relabel(source, path, CancellationToken.None);
    }

    /// <summary>Of the volume, the directory in it, and the file in that.</summary>
    private static string?[] LabelsOf(string volume) =>
        [.. new[] { volume, $"{volume}/inner", $"{volume}/inner/file" }.Select(path =>
        {
            using FileDescriptor file = FileDescriptor.Open(path, OpenFlags.ReadOnly);
            return file.TryGetXattr(FileLabel.SELinuxAttribute, 200) is { } bytes
                ? System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\0')
                : null;
        })];
}
