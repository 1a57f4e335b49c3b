namespace Crisp.Bundle.Tests;

/// <summary>Whole config.json files for requests as kubelets send them.</summary>
public class BundleBuilderTests
{
    [Test]
    public void Build_RequestThatSaysLittle_MatchesGolden()
    {
        var input = Sample.Input(container => container.Linux = null);
        Golden.Matches("minimal", BundleBuilder.Build(input).Spec);
    }

    [Test]
    public void Build_AsKubeletSendsIt_MatchesGolden() =>
        Golden.Matches("kubelet", BundleBuilder.Build(KubeletRequest.Input()).Spec);

    [Test]
    public void Build_OnCgroupV1WithoutHugetlb_MatchesGoldenAndSaysWhatIsLeftOut()
    {
        var result = BundleBuilder.Build(KubeletRequest.Input() with { Host = Sample.PoorHost });
        Golden.Matches("kubelet-cgroup-v1", result.Spec);
        Golden.Matches("kubelet-cgroup-v1.notes", string.Join('\n', result.Notes));
    }

    [Test]
    public void Build_Privileged_MatchesGolden()
    {
        var input = Sample.Input(
            container => container.Security().Privileged = true, pod => pod.Linux.SecurityContext.Privileged = true);
        Golden.Matches("privileged", BundleBuilder.Build(input with { HostDevices = [Disk] }).Spec);
    }

    [Test]
    public void Build_HostNamespaces_MatchesGolden()
    {
        var node = new Cri.NamespaceOption
        {
            Network = Cri.NamespaceMode.Node,
            Ipc = Cri.NamespaceMode.Node,
            Pid = Cri.NamespaceMode.Node
        };
        var input = Sample.Input(
            container => container.Security().NamespaceOptions = node.Clone(),
            pod => pod.Linux.SecurityContext.NamespaceOptions = node.Clone());
        input = input with { PodPaths = Sample.Paths with { NetNs = null, IpcNs = null, UtsNs = null } };
        Golden.Matches("host-namespaces", BundleBuilder.Build(input).Spec);
    }

    [Test]
    public void Build_TwiceTheSameInput_GivesTheSameText()
    {
        string[] texts = [Text(KubeletRequest.Input()), Text(KubeletRequest.Input())];
        Assert.That(texts[0], Is.EqualTo(texts[1]));
    }

    private static ResolvedDevice Disk => new()
    {
        ContainerPath = "/dev/sda",
        IsBlock = true,
        Major = 8,
        Minor = 0,
        FileMode = 0x1b0, // 0660
        Gid = 6,
    };

    private static string Text(BundleInput input) =>
        System.Text.Json.JsonSerializer.Serialize(BundleBuilder.Build(input).Spec, Oci.RuntimeSpecJson.Default.Spec);
}
