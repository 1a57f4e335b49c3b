namespace Crisp.Pods.Checkpoints;

/// <summary>criu's own log, whose errors say what a runtime's "criu failed" does not.</summary>
internal static class CriuLog
{
    private const int MostErrors = 3;

    /// <summary>The last lines that tell of errors; empty where there are none, or no log.</summary>
    internal static string LastErrors(string path) => File.Exists(path)
        ? string.Join("; ", File.ReadLines(path).Where(line => line.Contains("Error", StringComparison.Ordinal))
            .TakeLast(MostErrors).Select(line => line.Trim()))
        : "";
}
