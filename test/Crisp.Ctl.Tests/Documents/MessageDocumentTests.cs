using Crisp.Ctl.Documents;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Documents;

public sealed class MessageDocumentTests
{
    private string _path = null!; // set before each test
    private StringWriter _warnings = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _path = Path.GetTempFileName();
        _warnings = new StringWriter();
    }

    [TearDown]
    public void TearDown()
    {
        File.Delete(_path);
        _warnings.Dispose();
    }

    [Test]
    public void PodDocument_CrictlJson_IsRead()
    {
        var pod = Pod("""
            {
              "metadata": { "name": "web", "namespace": "default", "attempt": 1, "uid": "u1" },
              "hostname": "h", "log_directory": "/tmp/logs",
              "dns_config": { "servers": ["1.1.1.1"], "searches": [], "options": [] },
              "port_mappings": [ { "protocol": 1, "container_port": 80, "host_port": 8080 } ],
              "labels": { "app": "web" },
              "linux": {
                "cgroup_parent": "/x",
                "security_context": { "namespace_options": { "network": 2, "pid": "CONTAINER" }, "run_as_user": { "value": 7 } }
              }
            }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(pod.LogDirectory, Is.EqualTo("/tmp/logs"));
            Assert.That(pod.PortMappings[0].Protocol, Is.EqualTo(Protocol.Udp));
            Assert.That(pod.Linux.SecurityContext.NamespaceOptions.Network, Is.EqualTo(NamespaceMode.Node));
            Assert.That(pod.Linux.SecurityContext.NamespaceOptions.Pid, Is.EqualTo(NamespaceMode.Container));
            Assert.That(pod.Linux.SecurityContext.RunAsUser.Value, Is.EqualTo(7));
            Assert.That(pod.Labels["app"], Is.EqualTo("web"));
        });
    }

    [Test]
    public void PodDocument_Yaml_ReadsValuesAsTheirFieldsMeanThem()
    {
        var pod = Pod("""
            # comment
            metadata:
              name: web
              namespace: "default"
              uid: 0123
              attempt: 2
            annotations:
              on: yes
              version: 1.10
            linux:
              sysctls: { net.ipv4.ip_forward: 1 }
              security_context:
                privileged: true
                supplemental_groups: [1, 2]
            dns_config:
            hostname: ~
            """);
        Assert.Multiple(() =>
        {
            Assert.That(pod.Metadata.Uid, Is.EqualTo("0123"));
            Assert.That(pod.Metadata.Attempt, Is.EqualTo(2));
            Assert.That(pod.Annotations,
                Is.EquivalentTo(new Dictionary<string, string> { ["on"] = "yes", ["version"] = "1.10" }));
            Assert.That(pod.Linux.Sysctls["net.ipv4.ip_forward"], Is.EqualTo("1"));
            Assert.That(pod.Linux.SecurityContext.Privileged);
            Assert.That(pod.Linux.SecurityContext.SupplementalGroups, Is.EqualTo(new long[] { 1, 2 }));
            Assert.That(pod.DnsConfig, Is.Null);
        });
    }

    [Test]
    public void ContainerDocument_Environment_IsText()
    {
        var container = Container("""
            metadata: { name: app }
            image: { image: busybox }
            command: [sh, -c, "echo hello"]
            envs:
            - key: GREETING
              value: grüße
            - { key: PORT, value: 80 }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(container.Envs.Select(env => env.Value.ToStringUtf8()), Is.EqualTo(new[] { "grüße", "80" }));
            Assert.That(container.Image.UserSpecifiedImage, Is.EqualTo("busybox"));
            Assert.That(container.Command, Is.EqualTo(new[] { "sh", "-c", "echo hello" }));
        });
    }

    [TestCase("metadata: [1]", ": metadata: a mapping is expected")]
    [TestCase("metadata: { name: [x] }", ": metadata: name: a single value is expected")]
    [TestCase("labels: 5", ": labels: a mapping is expected")]
    [TestCase("port_mappings: { a: b }", ": port_mappings: a list is expected")]
    [TestCase(
        "port_mappings: [ { protocol: TPC } ]", ": port_mappings[0]: protocol: \"TPC\" is none of TCP, UDP, SCTP")]
    [TestCase("metadata: { name: a, attempt: many }", "")]
    [TestCase("metadata: { attempt: 99999999999999 }", "")]
    [TestCase("{ \"metadata\": { \"name\": \"a\", }", " is not JSON, in line 1: ")]
    [TestCase("a: &x 1\nb: *x", "")]
    [TestCase("a: 1\na: 2", ", line 2: \"a\" is there twice")]
    [TestCase("metadata: { name: a }\n---\nmore: 1", ", line 2: there is a second document; one is expected")]
    [TestCase("metadata: { name: a }", ": metadata.namespace is missing")]
    [TestCase("hostname: x", ": metadata is missing")]
    [TestCase("", ": a mapping is expected")]
    [TestCase("\t\t", "")]
    public void PodDocument_Wrong_SaysWhere(string text, string message) =>
        Assert.That(Assert.Throws<CtlException>(() => Pod(text))!.Message, Does.StartWith(_path + message));

    [Test]
    public void PodDocument_KeyOfNoField_IsLeftOutAndTold()
    {
        var pod = Pod("metadata: { name: a, namespace: b }\nhostname: h\nlinux:\n  secuirty_context: {}");
        Assert.That((pod.Hostname, pod.Linux.SecurityContext), Is.EqualTo(("h", (LinuxSandboxSecurityContext?)null)));
        Assert.That(_warnings.ToString().TrimEnd(), Is.EqualTo(
            $"crispctl: {_path}: linux: secuirty_context: there is no such field in LinuxPodSandboxConfig; it is left out"));
    }

    [Test]
    public void ContainerDocument_Keys_AreFoundInAnyCase() => Assert.That(
        Container("{ \"metadata\": { \"Name\": \"a\" }, \"image\": { \"image\": \"b\" }, "
            + "\"CDI_Devices\": [ { \"Name\": \"v.com/d=0\" } ] }").CDIDevices.Single().Name,
        Is.EqualTo("v.com/d=0"));

    [Test]
    public void PodDocument_DeepNesting_IsRefused() =>
        Assert.Throws<CtlException>(() => Pod($"metadata: {new string('[', 5000)}"));

    [Test]
    public void PodDocument_WithoutUid_GetsOne() =>
        Assert.That(Guid.TryParse(Pod("metadata: { name: a, namespace: b }").Metadata.Uid, out _));

    [Test]
    public void PodDocument_NoFile_SaysSo() =>
        Assert.That(Assert.Throws<CtlException>(() => PodDocument.Load("/nonexistent.yaml", _warnings))!.Message,
            Does.StartWith("cannot read /nonexistent.yaml"));

    private PodSandboxConfig Pod(string text)
    {
        File.WriteAllText(_path, text);
        return PodDocument.Load(_path, _warnings);
    }

    private ContainerConfig Container(string text)
    {
        File.WriteAllText(_path, text);
        return ContainerDocument.Load(_path, _warnings);
    }
}
