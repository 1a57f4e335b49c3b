using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Crisp.Bundle.Tests;

/// <summary>
/// Compares with a file in golden/. With UPDATE_GOLDEN=1 the file is rewritten instead: look at the diff before you
/// commit it.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, Oci.Spec spec)
    {
        Assert.That(OciSchema.Violations(spec), Is.Empty);
        Matches($"{name}.json", JsonSerializer.Serialize(spec, Oci.RuntimeSpecJson.Indented.Spec));
    }

    public static void Matches(string file, string text, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "golden", file); // this file has a directory
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text + "\n");
        Assert.That(text + "\n", Is.EqualTo(File.ReadAllText(path)), $"golden/{file}; UPDATE_GOLDEN=1 rewrites it");
    }
}
