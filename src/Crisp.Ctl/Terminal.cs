using System.Text;

namespace Crisp.Ctl;

/// <summary>What a verb reads from and writes to, so that tests can stand in for the user.</summary>
internal sealed class Terminal
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    internal Terminal(Stream output, Stream error, bool isInteractive, TimeProvider clock, Func<string, string?> environment)
    {
        Output = output;
        Error = error;
        Text = new StreamWriter(output, s_utf8) { AutoFlush = true, NewLine = "\n" };
        ErrorText = new StreamWriter(error, s_utf8) { AutoFlush = true, NewLine = "\n" };
        IsInteractive = isInteractive;
        Clock = clock;
        Environment = environment;
    }

    /// <summary>For bytes that are passed on as they are: logs, the output of a command.</summary>
    internal Stream Output { get; }

    internal Stream Error { get; }

    internal TextWriter Text { get; }

    internal TextWriter ErrorText { get; }

    /// <summary>A person looks at the error stream: progress may be drawn there.</summary>
    internal bool IsInteractive { get; }

    internal TimeProvider Clock { get; }

    internal Func<string, string?> Environment { get; }

    internal static Terminal OfThisProcess() => new(
        Console.OpenStandardOutput(),
        Console.OpenStandardError(),
        !Console.IsErrorRedirected,
        TimeProvider.System,
        System.Environment.GetEnvironmentVariable);
}
