using Google.Protobuf;

namespace Crisp.Bundle.Tests.Contributors;

public class EnvironmentVariablesTests
{
    [Test]
    public void Build_LaterValueWins_InTheEarlierPlace()
    {
        var input = Sample.Input(container =>
        {
            container.AddEnv("B", "request");
            container.AddEnv("D", "request");
        });
        input = input with
        {
            Image = Sample.Image(env: ["A=image", "B=image", "C=image"]),
            Options = new BundleOptions { DefaultEnvironment = ["C=default", "E=a=b"] },
        };
        Assert.That(Env(input).Take(5), Is.EqualTo(new[] { "C=image", "E=a=b", "A=image", "B=request", "D=request" }));
    }

    [Test]
    public void Build_NothingSet_HasPathHostnameAndHome()
    {
        var input = Sample.Input() with { Image = Sample.Image(env: []) };
        Assert.That(Env(input), Is.EqualTo(new[]
        {
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=web-0", "HOME=/root",
        }));
    }

    [Test]
    public void Build_NodesNetwork_HasTheNodesHostname()
    {
        var input = Sample.Input() with { PodPaths = Sample.Paths with { UtsNs = null } };
        Assert.That(Env(input), Does.Contain("HOSTNAME=node-1"));
    }

    [Test]
    public void Build_UserWithoutHome_HasTheRoot()
    {
        var input = Sample.Input() with { User = new ResolvedUser { Uid = 77, Gid = 0, AdditionalGids = [0] } };
        Assert.That(Env(input), Does.Contain("HOME=/"));
    }

    [Test]
    public void Build_ImageEntryWithoutValue_IsLeftOutAndNoted()
    {
        var result = BundleBuilder.Build(Sample.Input() with { Image = Sample.Image(env: ["ODD"]) });
        Assert.That(result.Notes, Has.Some.Contains("ODD"));
    }

    [TestCase("", "x")]
    [TestCase("A=B", "x")]
    [TestCase("A\0", "x")]
    [TestCase("A", "x\0y")]
    [TestCase("HOME", "/x\nroot2::0:0::/:/bin/sh")] // a real line feed: CVE-2026-15809
    [TestCase("HOME", "/x\rroot2")]
    [TestCase("HOME", "/x:y")]
    public void Build_VariableThatIsNone_IsRefused(string name, string value) =>
        Refusal.Invalid(() => BundleBuilder.Build(Sample.Input(container => container.AddEnv(name, value))), "envs");

    [Test]
    public void Build_ValueThatIsNoText_IsRefused() =>
        Refusal.Invalid(
            () => BundleBuilder.Build(Sample.Input(
                container => container.Envs.Add(
                    new Cri.KeyValue { Key = "A", Value = ByteString.CopyFrom(0xff, 0xfe) }))),
            "UTF-8");

    private static IReadOnlyList<string> Env(BundleInput input) =>
        BundleBuilder.Build(input).Spec.Process!.Env!; // always set
}
