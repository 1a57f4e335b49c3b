using System.Text.Json;
using System.Text.Json.Nodes;
using Crisp.Yaml;
using YamlDotNet.Core;

namespace Crisp.Ctl.Documents;

/// <summary>Reads a JSON or YAML file into one tree, whatever its name ends with.</summary>
internal static class DocumentText
{
    /// <summary>Configurations of pods and containers are a few KB.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    internal static JsonNode? Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw new CtlException($"{path} is longer than {MaxBytes} bytes");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"cannot read {path}: {e.Message}", e);
        }
    }

    internal static JsonNode? Parse(string text, string path)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? JsonNode.Parse(text) : YamlReader.Read(text);
        }
        catch (JsonException e)
        {
            throw new CtlException($"{path} is not JSON: {e.Message}", e);
        }
        catch (YamlException e)
        {
            throw new CtlException($"{path}, line {e.Start.Line}: {e.Message}", e);
        }
    }
}
