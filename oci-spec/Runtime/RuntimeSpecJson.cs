using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crisp.OciSpec.Runtime;

/// <summary>
/// JSON of the runtime specification: camelCase, nulls left out, text escaped no more than JSON asks.
/// </summary>
public static class RuntimeSpecJson
{
    public static RuntimeSpecContext Default { get; } =
        new(new JsonSerializerOptions(
            RuntimeSpecContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The same with indentation, for people who read config.json.</summary>
    public static RuntimeSpecContext Indented { get; } =
        new(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
