using System.Text;
using System.Text.Json.Nodes;
using Crisp.Bundle.Seccomp;
using Crisp.Errors;

namespace Crisp.Bundle.Tests.Seccomp;

/// <summary>
/// Profiles with a few things wrong, from the file of a node or from bytes: the answer is a filter that a runtime
/// accepts, or InvalidArgument, and never anything else. The seed is in the message.
/// </summary>
public class ProfileFuzzTests
{
    private const int Rounds = 3000;

    private const string Sound = """
        { "defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "ENOSYS", "defaultErrnoRet": 38, "flags": ["SECCOMP_FILTER_FLAG_LOG"],
          "archMap": [{ "architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"] }],
          "syscalls": [
            { "names": ["read", "write"], "action": "SCMP_ACT_ALLOW", "args": [], "includes": {}, "excludes": {} },
            { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 38, "valueTwo": 0, "op": "SCMP_CMP_LT" }] },
            { "names": ["bpf"], "action": "SCMP_ACT_ERRNO", "errno": "EPERM", "errnoRet": 1, "excludes": { "caps": ["CAP_BPF"], "minKernel": "4.8" } },
            { "names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": { "arches": ["amd64"], "minKernel": "4.8" } }] }
        """;

    private static readonly string[] Words =
    [
        "null", "true", "-1", "0", "7", "99999999999999999999",
        "1.5", "\"\"", "\"EPERM\"", "\"SCMP_ACT_ALLOW\"", "\"SCMP_ACT_NOTIFY\"", "\"a\\u0000b\"",
        "[]", "{}", "[null]", "[\"x\"]", "{\"caps\":null}", "\"SCMP_ARCH_X86\"", "\"4.8\"", "\"SCMP_CMP_EQ\"",
    ];

    [Test]
    public void Parse_AnyBytes_GiveAFilterOrARefusal([Values(1, 2)] int block)
    {
        var filters = 0;
        for (var seed = block * Rounds; seed < (block + 1) * Rounds; seed++)
        {
            try
            {
                filters += TryResolve(new Random(seed)) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }

        Assert.That(filters, Is.GreaterThan(Rounds / 20), "nearly everything was refused: the generator is too wild");
    }

    private static bool TryResolve(Random random)
    {
        try
        {
            var filter = SeccompProfile.Parse("/p.json", Generate(random)).Resolve(
                new SeccompHost("amd64", new KernelVersion(6, 1)), ["CAP_BPF"]);
            var spec = BundleBuilder.Build(Sample.Input()).Spec;
            Assert.That(OciSchema.Violations(spec with { Linux = spec.Linux! with { Seccomp = filter } }),
                Is.Empty); // the builder always fills linux
            return true;
        }
        catch (CrispException e) when (e.Kind == ErrorKind.InvalidArgument)
        {
            return false;
        }
    }

    private static byte[] Generate(Random random)
    {
        var profile = JsonNode.Parse(Sound)!; // it is a profile
        for (var i = random.Next(3); i > 0; i--)
            Spoil(profile, random);
        var bytes = Encoding.UTF8.GetBytes(profile.ToJsonString());
        if (random.Next(5) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    /// <summary>One value, somewhere in the tree, becomes another.</summary>
    private static void Spoil(JsonNode node, Random random)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } parts:
                var key = parts.ElementAt(random.Next(parts.Count)).Key;
                if (random.Next(3) == 0 || parts[key] is not { } part)
                    parts[key] = Value(random);
                else
                    Spoil(part, random);
                break;
            case JsonArray { Count: > 0 } items:
                var index = random.Next(items.Count);
                if (random.Next(3) == 0 || items[index] is not { } item)
                    items[index] = Value(random);
                else
                    Spoil(item, random);
                break;
        }
    }

    private static JsonNode? Value(Random random) => JsonNode.Parse(Words[random.Next(Words.Length)]);
}
