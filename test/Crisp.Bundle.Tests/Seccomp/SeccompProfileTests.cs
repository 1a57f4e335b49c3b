using System.Text;
using Crisp.Bundle.Seccomp;
using Crisp.Errors;

namespace Crisp.Bundle.Tests.Seccomp;

/// <summary>Reading, refusing and resolving profiles in the format of containers-common.</summary>
public class SeccompProfileTests
{
    private static readonly SeccompHost Host = new("amd64", new KernelVersion(6, 1));

    [Test]
    public void Resolve_ArchMap_GivesTheHostsEntryWithItsOthers()
    {
        var profile = Parse("""
            { "defaultAction": "SCMP_ACT_ALLOW", "archMap": [
              { "architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"] },
              { "architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"] }] }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(
                profile.Resolve(Host, []).Architectures, Is.EqualTo(new[] { "SCMP_ARCH_X86_64", "SCMP_ARCH_X86" }));
            Assert.That(profile.Resolve(Host with { Architecture = "arm64" }, []).Architectures,
                Is.EqualTo(new[] { "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM" }));
            Assert.That(profile.Resolve(Host with { Architecture = "riscv64" }, []).Architectures,
                Is.Null, "left to the runtime: the native one");
        });
    }

    [Test]
    public void Resolve_Architectures_AreTakenAsTheyAre() => Assert.That(
        Parse("""{ "defaultAction": "SCMP_ACT_KILL", "architectures": ["SCMP_ARCH_X86_64"] }""")
            .Resolve(Host with { Architecture = "arm64" }, []).Architectures,
        Is.EqualTo(new[] { "SCMP_ARCH_X86_64" }));

    [TestCase("""{ "caps": ["CAP_A"] }""", "{}", "CAP_A", true)]
    [TestCase("""{ "caps": ["CAP_A"] }""", "{}", "CAP_B", false)]
    [TestCase(
        """{ "caps": ["CAP_A", "CAP_B"] }""", "{}", "CAP_A", false, TestName = "all that are included must be there")]
    [TestCase("{}",
        """{ "caps": ["CAP_A", "CAP_B"] }""", "CAP_B", false, TestName = "any that is excluded takes the rule out")]
    [TestCase("{}", """{ "caps": ["CAP_A"] }""", "CAP_C", true)]
    [TestCase("""{ "arches": ["amd64", "arm64"] }""", "{}", "", true)]
    [TestCase("""{ "arches": ["s390x"] }""", "{}", "", false)]
    [TestCase("{}", """{ "arches": ["amd64"] }""", "", false)]
    [TestCase("""{ "minKernel": "6.1" }""", "{}", "", true)]
    [TestCase("""{ "minKernel": "6.2" }""", "{}", "", false)]
    [TestCase("""{ "minKernel": "10.0" }""", "{}", "", false)]
    [TestCase("{}", """{ "minKernel": "4.8" }""", "", false)]
    [TestCase("{}", """{ "minKernel": "6.10" }""", "", true)]
    [TestCase("null", "null", "", true)]
    [TestCase("""{ "caps": ["CAP_A"], "arches": ["arm64"] }""",
        "{}", "CAP_A", false, TestName = "every kind of condition must hold")]
    public void Resolve_Conditions(string includes, string excludes, string capabilities, bool applies)
    {
        var profile = Parse($$"""
            { "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
              { "names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {{includes}}, "excludes": {{excludes}} }] }
            """);

        Assert.That(profile.Resolve(Host, capabilities.Split(',')).Syscalls!.Any(), Is.EqualTo(applies)); // never null
    }

    [Test]
    public void Resolve_ARule_KeepsNamesArgumentsAndErrno()
    {
        var filter = Parse("""
            { "defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "ENOSYS", "defaultErrnoRet": 1, "flags": ["SECCOMP_FILTER_FLAG_LOG"],
              "comment": "unknown keys are read past", "syscalls": [
              { "name": "old", "action": "SCMP_ACT_ERRNO", "errnoRet": 5, "args": null },
              { "names": ["a", "b"], "action": "SCMP_ACT_ERRNO", "errno": "EAFNOSUPPORT",
                "args": [{ "index": 5, "value": 18446744073709551615, "valueTwo": 7, "op": "SCMP_CMP_MASKED_EQ" }] },
              { "names": ["c"], "action": "SCMP_ACT_ALLOW", "errnoRet": 9 }] }
            """).Resolve(Host, []);

        Assert.Multiple(() =>
        {
            Assert.That(filter.DefaultErrnoRet, Is.EqualTo(38), "the name wins over the number");
            Assert.That(filter.Flags, Is.EqualTo(new[] { "SECCOMP_FILTER_FLAG_LOG" }));
            Assert.That(
                filter.Syscalls!.Select(rule => rule.Names), Is.EqualTo(new[] { ["old"], new[] { "a", "b" }, ["c"] }));
            Assert.That(filter.Syscalls!.Select(rule => rule.ErrnoRet),
                Is.EqualTo(new uint?[] { 5, 97, null }), "runtimes refuse an errno beside ALLOW");
            Assert.That(filter.Syscalls![1].Args, Is.EqualTo(new[] { new Oci.SyscallArgument
            {
                Index = 5,
                Value = ulong.MaxValue,
                ValueTwo = 7,
                Op = "SCMP_CMP_MASKED_EQ"
            } }));
        });
    }

    [Test]
    public void Resolve_TheSameCapabilitiesThatMatter_IsDoneOnce()
    {
        var profile = SeccompProfile.BuiltIn;

        var first = profile.Resolve(Host, ["CAP_CHOWN", "CAP_SYS_TIME"]);

        Assert.That(profile.Resolve(Host, ["CAP_SYS_TIME", "CAP_KILL"]), Is.SameAs(first));
        Assert.That(profile.Resolve(Host, ["CAP_KILL"]), Is.Not.SameAs(first));
    }

    [Test]
    public void Parse_LooksAtNoCaseInNames_AsGoDoesNot() =>
        Assert.That(Parse("""{ "DefaultAction": "SCMP_ACT_LOG" }""").Resolve(Host, []).DefaultAction,
            Is.EqualTo("SCMP_ACT_LOG"));

    private static readonly TestCaseData[] Refused =
    [
        Case("not json", "JSON"),
        Case("[]", "JSON"),
        Case("null", "empty"),
        Case("{}", "defaultAction"),
        Case("""{ "defaultAction": "SCMP_ACT_SING" }""", "SCMP_ACT_SING"),
        Case("""{ "defaultAction": "SCMP_ACT_NOTIFY" }""", "notification"),
        Case("""{ "defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/run/agent.sock" }""", "notification"),
        Case("""{ "defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "EMPEROR" }""", "EMPEROR"),
        Case("""{ "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 5000 }""", "5000"),
        Case("""{ "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_Z80"] }""", "SCMP_ARCH_Z80"),
        Case(
            """{ "defaultAction": "SCMP_ACT_ALLOW", "archMap": [{ "architecture": "SCMP_ARCH_X86", "subArchitectures": ["Z80"] }] }""", "Z80"),
        Case("""{ "defaultAction": "SCMP_ACT_ALLOW", "archMap": [{ }] }""", "archMap"),
        Case(
            """{ "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86"], "archMap": [{ "architecture": "SCMP_ARCH_X86" }] }""", "both"),
        Case("""{ "defaultAction": "SCMP_ACT_ALLOW", "flags": ["FAST"] }""", "FAST"),
        Case(Rule("null"), "syscalls[0]"),
        Case(Rule("""{ "action": "SCMP_ACT_ALLOW" }"""), "names no system call"),
        Case(Rule("""{ "names": [""], "action": "SCMP_ACT_ALLOW" }"""), "names no system call"),
        Case(Rule("""{ "name": "a", "names": ["b"], "action": "SCMP_ACT_ALLOW" }"""), "both"),
        Case(Rule("""{ "names": ["a"] }"""), "syscalls[0].action"),
        Case(Rule("""{ "names": ["a"], "action": "SCMP_ACT_NOTIFY" }"""), "notification"),
        Case(Rule("""{ "names": ["a"], "action": "SCMP_ACT_ERRNO", "errno": "no" }"""), "syscalls[0].errno"),
        Case(
            Rule(
                """{ "names": ["a"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 1, "op": "IS" }] }"""),
                "IS"),
        Case(Rule("""{ "names": ["a"], "action": "SCMP_ACT_ALLOW", "args": [null] }"""), "comparison"),
        Case(
            Rule(
                """{ "names": ["a"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 6, "value": 1, "op": "SCMP_CMP_EQ" }] }"""), "argument 6"),
        Case(
            Rule(
                """{ "names": ["a"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": -1, "value": 1, "op": "SCMP_CMP_EQ" }] }"""), "JSON"),
        Case(Rule("""{ "names": ["a"], "action": "SCMP_ACT_ALLOW", "includes": { "minKernel": "new" } }"""),
            "minKernel"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Parse_RefusesWithTheFileAndTheReason(string json, string reason)
    {
        var refusal = Assert.Throws<CrispException>(() => Parse(json))!; // Throws fails the test on null
        Assert.Multiple(() =>
        {
            Assert.That(refusal.Kind, Is.EqualTo(ErrorKind.InvalidArgument));
            Assert.That(refusal.Message, Does.Contain("/etc/profile.json").And.Contain(reason));
        });
    }

    [TestCase("6.18.44-fc-v595", 6, 18)]
    [TestCase("5.10-rc1", 5, 10)]
    [TestCase("4.8", 4, 8)]
    [TestCase("4.19.0+", 4, 19)]
    public void KernelVersion_OfARelease(string release, int major, int minor) =>
        Assert.That(KernelVersion.Parse(release), Is.EqualTo(new KernelVersion(major, minor)));

    [TestCase("")]
    [TestCase("linux")]
    [TestCase("6")]
    [TestCase(".8")]
    [TestCase("99999999999.1")]
    public void KernelVersion_OfSomethingElse_IsNone(string release) =>
        Assert.That(KernelVersion.Parse(release), Is.Null);

    private static SeccompProfile Parse(string json) =>
        SeccompProfile.Parse("/etc/profile.json", Encoding.UTF8.GetBytes(json));

    private static string Rule(string rule) => $$"""{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{{rule}}] }""";

    private static TestCaseData Case(string json, string reason) => new(json, reason);
}
