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
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CtlException($"cannot read {path}: there is no such file", e);
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
            throw new CtlException($"{path} is not JSON, in line {e.LineNumber + 1}: {Problem(e)}", e);
        }
        catch (YamlException e)
        {
            throw new CtlException($"{path}, line {e.Start.Line}: {e.Message}", e);
        }
    }

    /// <summary>Without the position that the class library puts behind it.</summary>
    private static string Problem(JsonException e) =>
        e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end ? e.Message[..end] : e.Message;
}
