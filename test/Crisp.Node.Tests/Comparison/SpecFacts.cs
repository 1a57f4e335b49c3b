using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crisp.Node.Tests.Comparison;

/// <summary>
/// A config.json as one line for each leaf, so that two of them are compared leaf by leaf: process.cwd,
/// mounts[/proc].type. Where the order of a list says nothing, its elements are named by what tells them apart: mounts
/// by destination, namespaces by type, variables by name, the rest by themselves.
/// </summary>
public static class SpecFacts
{
    /// <summary>The value of an element that says all by being there.</summary>
    public const string There = "yes";

    public static SortedDictionary<string, string> Of(JsonNode spec)
    {
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal);
        Add(facts, "", spec);
        return facts;
    }

    private static void Add(SortedDictionary<string, string> facts, string path, JsonNode? node)
    {
        switch (node)
        {
            case null:
            case JsonValue value when value.GetValueKind() == JsonValueKind.False:
                break; // as good as not there
            case JsonObject content:
                foreach (var (key, child) in content)
                    Add(facts, Child(path, key), child);
                break;
            case JsonArray list when path is "process.args":
                facts[path] = string.Join(' ', list);
                break;
            case JsonArray list:
                foreach (var element in list)
                    AddElement(facts, path, element!); // no list of the OCI specification holds a null
                break;
            default:
                facts[path] = node.ToString();
                break;
        }
    }

    private static void AddElement(SortedDictionary<string, string> facts, string list, JsonNode element)
    {
        switch (list)
        {
            case "process.env":
                var variable = element.ToString().Split('=', 2);
                facts[$"{list}[{variable[0]}]"] = variable[1];
                break;
            case "mounts":
                Add(facts, $"{list}[{Take(element, "destination")}]", element);
                break;
            case "linux.namespaces":
                var type = Take(element, "type");
                facts[$"{list}[{type}]"] = There;
                Add(facts, $"{list}[{type}]", element);
                break;
            case "linux.devices":
                Add(facts, $"{list}[{Take(element, "path")}]", element);
                break;
            case "process.rlimits":
                Add(facts, $"{list}[{Take(element, "type")}]", element);
                break;
            case "linux.resources.devices":
                facts[$"{list}[{element["type"] ?? "a"} {element["major"] ?? "*"}:{element["minor"] ?? "*"}]"] =
                    $"{((bool)element["allow"]! ? "allow" : "deny")} {element["access"]}";
                break;
            case "linux.seccomp.syscalls":
                foreach (var name in element["names"]!.AsArray())
                    AddRule(facts, $"{list}[{name}]", Rule(element));
                break;
            default:
                facts[$"{list}[{element}]"] = There;
                break;
        }
    }

    private static void AddRule(SortedDictionary<string, string> facts, string call, string rule) =>
        facts[call] = facts.TryGetValue(call, out var others)
            ? string.Join("; ", others.Split("; ").Append(rule).Distinct().Order(StringComparer.Ordinal))
            : rule;

    /// <summary>"SCMP_ACT_ERRNO 1 if 0 SCMP_CMP_EQ 8 0".</summary>
    private static string Rule(JsonNode element)
    {
        IEnumerable<string> conditions = (element["args"] as JsonArray ?? [])
            .Select(argument =>
                $"{argument!["index"]} {argument["op"]} {argument["value"]} {argument["valueTwo"] ?? 0}");
        var errno = element["errnoRet"] is { } number ? $" {number}" : "";
        return $"{element["action"]}{errno}{string.Concat(conditions.Select(condition => $" if {condition}"))}";
    }

    private static string Take(JsonNode element, string key)
    {
        var value = element[key]!.ToString(); // the specification demands it
        element.AsObject().Remove(key);
        return value;
    }

    private static string Child(string path, string key) =>
        path.Length == 0 ? key : path == "annotations" ? $"{path}[{key}]" : $"{path}.{key}";
}
