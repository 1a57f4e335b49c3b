using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crisp.Bundle.Tests;

/// <summary>
/// What the JSON schema of the OCI runtime spec demands of a config.json (schema/config-schema.json, config-linux.json,
/// defs.json and defs-linux.json), for the parts that crisp writes, and beyond it what its text demands (config.md).
/// Works on the JSON, as a runtime reads it.
/// </summary>
internal static partial class OciSchema
{
    private static readonly HashSet<string> NamespaceTypes = ["mount",
        "pid", "network", "uts", "ipc", "user", "cgroup", "time"];
    private static readonly HashSet<string> Propagations = ["private",
        "shared", "slave", "unbindable", "rprivate", "rshared", "rslave", "runbindable"];
    private static readonly HashSet<string> Comparisons =
        ["SCMP_CMP_NE",
            "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"];

    private static readonly HashSet<string> Actions =
    [
        "SCMP_ACT_KILL",
        "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP", "SCMP_ACT_ERRNO", "SCMP_ACT_TRACE",
        "SCMP_ACT_ALLOW", "SCMP_ACT_LOG",
    ];

    public static IReadOnlyList<string> Violations(Oci.Spec spec)
    {
        var root = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(
            spec, Oci.RuntimeSpecJson.Default.Spec))!.AsObject(); // a spec is an object
        var violations = new List<string>();
        void Check(bool holds, string what)
        {
            if (!holds)
                violations.Add(what);
        }

        Texts(root, "", Check);
        Check(Version().IsMatch(Text(root["ociVersion"])), "ociVersion");
        Check(Text(root["root"]?["path"]).Length > 0, "root.path");
        Process(root["process"]!.AsObject(), Check); // each spec of a container has one
        foreach (var mount in Items(root["mounts"]))
        {
            Check(Text(mount!["destination"]).StartsWith('/'), "mounts.destination");
            Check(Items(mount["options"]).All(option => Text(option).Length > 0), "mounts.options");
        }

        foreach (var annotation in root["annotations"]?.AsObject() ?? [])
            Check(annotation.Key.Length > 0 && annotation.Value?.GetValueKind() == JsonValueKind.String, "annotations");
        Linux(root["linux"]!.AsObject(), Check); // and one of these
        return violations;
    }

    private static void Process(JsonObject process, Action<bool, string> check)
    {
        check(Text(process["cwd"]).StartsWith('/'), "process.cwd");
        check(Items(process["args"]).Any() && Text(Items(process["args"]).First()).Length > 0, "process.args");
        check(Items(process["env"]).All(entry => Text(entry).IndexOf('=') > 0), "process.env");
        check(Items(process["user"]?["additionalGids"]).Append(process["user"]?["uid"]).Append(process["user"]?["gid"])
            .All(id => IsNumber(id, 0, uint.MaxValue)), "process.user");
        foreach (var set in process["capabilities"]?.AsObject() ?? [])
        {
            check(Items(set.Value).All(name => Capability().IsMatch(Text(name))), $"process.capabilities.{set.Key}");
            check(Items(set.Value).Select(Text).Distinct().Count() == Items(set.Value).Count(),
                $"process.capabilities.{set.Key}");
        }

        JsonNode?[] limits = [.. Items(process["rlimits"])];
        check(limits.All(limit => Rlimit().IsMatch(Text(limit?["type"]))), "process.rlimits.type");
        check(limits.Select(limit => Text(limit?["type"])).Distinct().Count() == limits.Length,
            "process.rlimits: duplicates are an error");
        check(limits.All(limit => Unsigned(limit?["soft"]) <= Unsigned(limit?["hard"])), "process.rlimits.soft");
        check(process["oomScoreAdj"] is null || IsNumber(process["oomScoreAdj"], -1000, 1000), "process.oomScoreAdj");
    }

    private static void Linux(JsonObject linux, Action<bool, string> check)
    {
        string[] types = [.. Items(linux["namespaces"]).Select(item => Text(item?["type"]))];
        check(types.All(NamespaceTypes.Contains) && types.Distinct().Count() == types.Length, "linux.namespaces.type");
        check(Items(linux["namespaces"]).All(item => item?["path"] is null || Text(item["path"]).StartsWith('/')),
            "linux.namespaces.path");
        check(Items(linux["maskedPaths"]).Concat(Items(linux["readonlyPaths"])).All(path => Text(path).StartsWith('/')),
            "linux.maskedPaths, readonlyPaths");
        check(linux["rootfsPropagation"] is null
            || Propagations.Contains(Text(linux["rootfsPropagation"])), "linux.rootfsPropagation");
        foreach (var device in Items(linux["devices"]))
        {
            check(Text(device?["path"]).StartsWith('/'), "linux.devices.path");
            check(Text(device?["type"]) is "c" or "b" or "p" or "u", "linux.devices.type");
            check(device?["fileMode"] is null || IsNumber(device["fileMode"], 0, 4095), "linux.devices.fileMode");
        }

        Resources(linux["resources"]?.AsObject() ?? [], check);
        if (linux["seccomp"] is { } seccomp)
            Seccomp(seccomp, check);
    }

    private static void Resources(JsonObject resources, Action<bool, string> check)
    {
        foreach (var rule in Items(resources["devices"]))
        {
            check(rule?["allow"]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "linux.resources.devices.allow");
            check(rule?["type"] is null || Text(rule["type"]) is "a" or "c" or "b", "linux.resources.devices.type");
            check(rule?["access"] is null || Access().IsMatch(Text(rule["access"])), "linux.resources.devices.access");
        }

        foreach (var field in new[] { "limit", "reservation", "swap" })
            check(resources["memory"]?[field] is not { } amount
                || IsNumber(amount, -1, long.MaxValue), $"linux.resources.memory.{field}");
        foreach (var field in new[] { "shares", "period" })
            check(resources["cpu"]?[field] is not { } amount
                || IsNumber(amount, 0, long.MaxValue), $"linux.resources.cpu.{field}");
        check(Items(resources["hugepageLimits"]).All(limit => PageSize().IsMatch(Text(limit?["pageSize"]))),
            "linux.resources.hugepageLimits.pageSize");
        check((resources["unified"]?.AsObject() ?? []).All(entry => entry.Key.Length > 0 && !entry.Key.Contains('/')),
            "linux.resources.unified");
    }

    private static void Seccomp(JsonNode seccomp, Action<bool, string> check)
    {
        check(Actions.Contains(Text(seccomp["defaultAction"])), "linux.seccomp.defaultAction");
        check(Items(seccomp["architectures"])
            .All(name => Text(name).StartsWith("SCMP_ARCH_", StringComparison.Ordinal)), "linux.seccomp.architectures");
        foreach (var rule in Items(seccomp["syscalls"]))
        {
            check(Items(rule?["names"]).Any()
                && Items(rule?["names"]).All(name => Text(name).Length > 0), "linux.seccomp.syscalls.names");
            check(Actions.Contains(Text(rule?["action"])), "linux.seccomp.syscalls.action");
            check(rule?["errnoRet"] is null
                || Text(rule["action"]) is "SCMP_ACT_ERRNO" or "SCMP_ACT_TRACE", "linux.seccomp.syscalls.errnoRet");
            check(Items(rule?["args"]).All(argument => IsNumber(argument?["index"], 0, 5)
                && Comparisons.Contains(Text(argument?["op"]))), "linux.seccomp.syscalls.args");
        }
    }

    /// <summary>
    /// C strings, all of them: a NUL would cut what stands behind it. And nothing that config.json spells is null.
    /// </summary>
    private static void Texts(JsonNode? node, string path, Action<bool, string> check)
    {
        switch (node)
        {
            case JsonObject parts:
                foreach (var part in parts)
                {
                    check(!part.Key.Contains('\0'), path);
                    Texts(part.Value, $"{path}.{part.Key}", check);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                    Texts(item, path, check);
                break;
            default:
                check(node is not null, $"{path} is null");
                // Annotations are not for the kernel; they come back byte for byte.
                check(path.StartsWith(".annotations", StringComparison.Ordinal)
                    || !Text(node).Contains('\0'), $"{path} has a NUL");
                break;
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node?.AsArray() ?? [];

    private static string Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";

    private static ulong Unsigned(JsonNode? node) => node is null ? 0 : ulong.Parse(node.ToJsonString());

    private static bool IsNumber(JsonNode? node, long least, long most) =>
        node?.GetValueKind() == JsonValueKind.Number
            && long.TryParse(node.ToJsonString(), out var number) && number >= least && number <= most;

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-.+)?\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"^CAP_[A-Z_]+\z")]
    private static partial Regex Capability();

    [GeneratedRegex(@"^RLIMIT_[A-Z]+\z")]
    private static partial Regex Rlimit();

    [GeneratedRegex(@"^[rwm]{1,3}\z")]
    private static partial Regex Access();

    [GeneratedRegex(@"^[1-9][0-9]*[KMG]B\z")]
    private static partial Regex PageSize();
}
