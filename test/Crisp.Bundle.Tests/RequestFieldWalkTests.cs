using System.Text.Json;
using System.Text.Json.Nodes;
using Crisp.Bundle.SELinux;
using Crisp.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Crisp.Bundle.Tests;

/// <summary>
/// Sets every leaf field of the two messages alone, on the sample request. golden/fields.txt says what came of each:
/// refused, which parts of config.json changed, or nothing; golden/fields-seen.txt names the tests that see the effect
/// in a container or on the host. A new field of the API shows as a new line.
/// </summary>
public class RequestFieldWalkTests
{
    private const string NoEffect = "no effect on config.json";

    [Test]
    public void EveryField_HasTheEffectOnRecord()
    {
        var outcomes = Outcomes();
        Golden.Matches("fields.txt", string.Join('\n', outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}")));
    }

    [Test]
    public void EveryField_IsSeenByATest_OrHasAReason() =>
        FieldsSeen.Check(Outcomes().ToDictionary(outcome => outcome.Key, outcome => outcome.Value != NoEffect));

    private static Dictionary<string, string> Outcomes()
    {
        Dictionary<string, string> outcomes = [];
        foreach (var path in RequestFields.Leaves(Cri.PodSandboxConfig.Descriptor))
            outcomes.Add($"PodSandboxConfig.{RequestFields.Name(path)}", Outcome(pod: path, container: null));
        foreach (var path in RequestFields.Leaves(Cri.ContainerConfig.Descriptor))
            outcomes.Add($"ContainerConfig.{RequestFields.Name(path)}", Outcome(pod: null, container: path));
        return outcomes;
    }

    private static string Outcome(FieldDescriptor[]? pod, FieldDescriptor[]? container)
    {
        try
        {
            var before = Result(pod, container, setLeaf: false);
            var changed = Differences("", before, Result(pod, container, setLeaf: true)).ToArray();
            return changed.Length == 0 ? NoEffect : string.Join(", ", changed);
        }
        catch (CrispException e)
        {
            return $"{e.Kind}: {e.Message}";
        }
    }

    /// <summary>config.json, with the pod's own, the stop signal and the notes beside it.</summary>
    private static JsonObject Result(FieldDescriptor[]? pod, FieldDescriptor[]? container, bool setLeaf)
    {
        var input = Sample.Input(message => Set(message, container, setLeaf), message => Set(message, pod, setLeaf));
        PodConfigValidation.Validate(input.Pod, input.Host);
        if (UserMappings.Of(input.Pod) is not null)
            input = input with { PodPaths = input.PodPaths with { UserNs = "/run/crisp/ns/b0ba/user" } };
        var user = UserResolution.Resolve(
            input.Container.Linux?.SecurityContext, "", "named:x:5:6::/home/named:/bin/sh", "");
        var result = BundleBuilder.Build(input with { User = user, Host = Confining, SELinuxLevel = "s0:c1,c2" });
        var spec = JsonNode.Parse(
            JsonSerializer.Serialize(result.Spec, Oci.RuntimeSpecJson.Default.Spec))!.AsObject(); // a spec is an object
        var sysctls = PodSysctl.Effective(new Dictionary<string, string>(), input.Pod.Linux);
        spec["sysctls of the pod's namespaces"] = string.Join('\n', sysctls);
        spec["config.json of the pod's init"] = JsonSerializer.Serialize(
            PodInit.Build(InitOf(input, sysctls)), Oci.RuntimeSpecJson.Default.Spec);
        spec["stop signal"] = result.StopSignal;
        spec["notes"] = string.Join('\n', result.Notes);
        return spec;
    }

    /// <summary>A host with all that confines containers.</summary>
    private static HostFacts Confining => Sample.Host with
    {
        AppArmor = true,
        SELinux = new SELinuxHost("system_u:system_r:container_t:s0", "system_u:object_r:container_file_t:s0"),
    };

    private static PodInitInput InitOf(BundleInput input, IReadOnlyDictionary<string, string> sysctls) => new()
    {
        PodId = input.PodId,
        OciVersion = input.Runtime.OciVersion,
        Args = ["/crisp-monitor", "pause"],
        RootFsPath = "/var/lib/crisp/init",
        Paths = input.PodPaths,
        CgroupPath = CgroupPlacement.OfContainer(input.Pod.Linux?.CgroupParent, CgroupDriver.Cgroupfs, input.PodId)
            .OciPath,
        Users = UserMappings.Of(input.Pod),
        Hostname = input.Pod.Hostname,
        Sysctls = sysctls,
    };

    private static void Set(IMessage message, FieldDescriptor[]? path, bool setLeaf)
    {
        if (path is null)
            return;
        // A user for the group, the other end of a mount or device: what the field cannot be without.
        FieldContext.Complete(message, RequestFields.Name(path));
        if (setLeaf)
            RequestFields.Set(message, path, field => FieldContext.Value(field, RequestFields.Name(path)));
    }

    private static IEnumerable<string> Differences(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            yield break;
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (var key in left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key)))
            {
                foreach (var difference in Differences(path.Length == 0 ? key : $"{path}.{key}", left[key], right[key]))
                    yield return difference;
            }

            yield break;
        }

        yield return path;
    }
}
