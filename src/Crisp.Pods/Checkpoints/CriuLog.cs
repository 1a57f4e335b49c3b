namespace Crisp.Pods.Checkpoints;

/// <summary>criu's own log, whose errors say what a runtime's "criu failed" does not.</summary>
internal static class CriuLog
{
    /// <summary>The first errors name the cause; those after it say what could not be done for it.</summary>
    private const int MostErrors = 3;

    private const int MostLetters = 500;

    /// <summary>
    /// The first lines that tell of errors, without their time; empty where there are none, or no log.
    /// </summary>
    internal static string FirstErrors(string path) => File.Exists(path)
        ? string.Join("; ", File.ReadLines(path)
            .Select(line => (Line: line, Start: line.IndexOf("Error", StringComparison.Ordinal)))
            .Where(found => found.Start >= 0).Take(MostErrors)
            .Select(found => found.Line[found.Start..Math.Min(found.Line.Length, found.Start + MostLetters)].Trim()))
        : "";

    /// <summary>The same as the end of a sentence of our own.</summary>
    internal static string SaidIn(string path) => FirstErrors(path) is { Length: > 0 } said ? $"; criu said: {said}" : "";
}
