using System.Text.Json;

namespace Crisp.Pods.Hooks;

/// <summary>A file of an OCI hooks directory (oci-hooks(5), schema 1.0.0).</summary>
internal sealed record HookFile
{
    public string? Version { get; init; }

    public HookProgram? Hook { get; init; }

    public HookConditions? When { get; init; }

    /// <summary>prestart, createRuntime, createContainer, startContainer, poststart or poststop.</summary>
    public IReadOnlyList<string>? Stages { get; init; }

    internal sealed record HookProgram
    {
        public string? Path { get; init; }

        public IReadOnlyList<string>? Args { get; init; }

        public IReadOnlyList<string>? Env { get; init; }

        /// <summary>Seconds.</summary>
        public int? Timeout { get; init; }
    }

    internal sealed record HookConditions
    {
        public bool? Always { get; init; }

        /// <summary>Regular expressions of names and values.</summary>
        public IReadOnlyDictionary<string, string>? Annotations { get; init; }

        /// <summary>Regular expressions of programs.</summary>
        public IReadOnlyList<string>? Commands { get; init; }

        public bool? HasBindMounts { get; init; }
    }

    /// <exception cref="JsonException">It is not of the schema.</exception>
    internal static HookFile? Parse(ReadOnlySpan<byte> content) =>
        JsonSerializer.Deserialize(content, HookJson.Default.HookFile);
}
