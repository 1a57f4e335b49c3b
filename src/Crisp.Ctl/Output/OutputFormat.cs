using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Verbs;

namespace Crisp.Ctl.Output;

/// <summary>--output: a table for people, or JSON and YAML for programs.</summary>
internal static class OutputFormat
{
    internal const string Table = "table";
    private const string Json = "json";
    private const string Yaml = "yaml";

    internal static Flag Flag(string fallback) =>
        CommandLine.Flag.Text("output", 'o', "Output format: json, yaml or table") with { Default = fallback };

    internal static bool IsTable(Invocation call) => Of(call) == Table;

    /// <summary>Prints a tree as JSON or YAML.</summary>
    internal static async Task WriteAsync(Invocation call, JsonNode tree) => await call.Text.WriteLineAsync(
        Of(call) == Yaml ? YamlText.Of(tree) : JsonText.Of(tree));

    private static string Of(Invocation call) => call.Flags.Text("output") is var format and (Table or Json or Yaml)
        ? format
        : throw new UsageException($"--output is json, yaml or table, not \"{call.Flags.Text("output")}\"");
}
