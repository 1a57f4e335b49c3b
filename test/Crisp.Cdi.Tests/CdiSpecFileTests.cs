using System.Text;
using Crisp.Linux;

namespace Crisp.Cdi.Tests;

public class CdiSpecFileTests
{
    [Test]
    public void Parse_Yaml_ReadsNumbersAndOctalModes()
    {
        var file = Parse("x.yaml", """
            cdiVersion: 0.5.0
            kind: vendor.com/gpu
            devices:
              - name: "0"
                containerEdits:
                  deviceNodes:
                    - path: /dev/gpu0
                      type: c
                      major: 195
                      minor: 0
                      fileMode: 0660
                      permissions: rw
            """);

        Assert.That(file.Problem, Is.Null);
        var node = file.Spec!.Devices![0].ContainerEdits!.DeviceNodes![0];
        Assert.That((node.Major, node.Minor, node.FileMode), Is.EqualTo((195L, 0L, 0b110_110_000u)));
    }

    [Test]
    public void Parse_Json_ReadsModesAsDecimals()
    {
        var file = Parse("x.json", """
            {"cdiVersion":"0.6.0","kind":"vendor.com/gpu","devices":[{"name":"a","containerEdits":{"deviceNodes":[{"path":"/dev/a","fileMode":432}]}}]}
            """);

        Assert.That(file.Spec!.Devices![0].ContainerEdits!.DeviceNodes![0].FileMode, Is.EqualTo(0b110_110_000u));
    }

    [TestCase("{", "")]
    [TestCase("{}", "cdiVersion")]
    [TestCase("""{"cdiVersion":"9.0.0","kind":"v.com/c"}""", "cdiVersion")]
    [TestCase("""{"cdiVersion":"0.6.0","kind":"gpu"}""", "kind")]
    [TestCase("""{"cdiVersion":"0.6.0","kind":"v.com/c"}""", "no devices")]
    [TestCase("""{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a/b"}]}""", "a/b")]
    [TestCase("""{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a"},{"name":"a"}]}""", "twice")]
    [TestCase(
        """{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a"}],"containerEdits":{"env":["X"]}}""", "env")]
    [TestCase(
        """{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a"}],"containerEdits":{"hooks":[{"hookName":"never","path":"/x"}]}}""", "never")]
    [TestCase(
        """{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a"}],"containerEdits":{"mounts":[{"hostPath":"/x"}]}}""", "containerPath")]
    [TestCase(
        """{"cdiVersion":"0.6.0","kind":"v.com/c","devices":[{"name":"a","containerEdits":{"deviceNodes":[{"path":"dev"}]}}]}""", "absolute")]
    public void Parse_WhatIsWrong_IsSaid(string json, string part)
    {
        var file = Parse("x.json", json);

        Assert.That(file.Spec, Is.Null);
        Assert.That(file.Problem, Does.Contain(part));
    }

    [TestCase("a: [", TestName = "Parse_BrokenYaml_IsSaid")]
    [TestCase("a: &x 1\nb: *x", TestName = "Parse_YamlWithAliases_IsRefused")]
    public void Parse_Yaml_ThatIsNone(string yaml) => Assert.That(Parse("x.yaml", yaml).Problem, Is.Not.Null);

    private static CdiSpecFile Parse(string name, string content) =>
        CdiSpecFile.Parse(new ConfigurationFile($"/etc/cdi/{name}", Encoding.UTF8.GetBytes(content), null));
}
