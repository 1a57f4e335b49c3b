using System.Text;
using Crisp.Linux;

namespace Crisp.Ctl;

/// <summary>What a verb reads from and writes to, so that tests can stand in for the user.</summary>
internal sealed class Terminal
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    internal Terminal(
        Stream input, Stream output, Stream error, bool isInteractive, TimeProvider clock,
        Func<string, string?> environment)
    {
        Input = input;
        Output = output;
        Error = error;
        Text = new StreamWriter(output, s_utf8) { AutoFlush = true, NewLine = "\n" };
        ErrorText = new StreamWriter(error, s_utf8) { AutoFlush = true, NewLine = "\n" };
        IsInteractive = isInteractive;
        Clock = clock;
        Environment = environment;
    }

    /// <summary>What is typed, or comes from a pipe.</summary>
    internal Stream Input { get; }

    /// <summary>Null when the input is no terminal.</summary>
    internal IKeyboard? Keyboard { get; init; }

    /// <summary>For bytes that are passed on as they are: logs, the output of a command.</summary>
    internal Stream Output { get; }

    internal Stream Error { get; }

    internal TextWriter Text { get; }

    internal TextWriter ErrorText { get; }

    /// <summary>A person looks at the error stream: progress may be drawn there.</summary>
    internal bool IsInteractive { get; }

    internal TimeProvider Clock { get; }

    internal Func<string, string?> Environment { get; }

    /// <summary>The same for several who write at once: a piece of output is never torn by another's.</summary>
    internal Terminal Shared() =>
        new(Input, Stream.Synchronized(Output),
            Stream.Synchronized(Error), IsInteractive, Clock, Environment) { Keyboard = Keyboard };

    internal static Terminal OfThisProcess()
    {
        var input = FileDescriptor.FromInherited(0);
        return new Terminal(
            new StandardStream(input),
            new StandardStream(FileDescriptor.FromInherited(1)),
            new StandardStream(FileDescriptor.FromInherited(2)),
            !Console.IsErrorRedirected,
            TimeProvider.System,
            System.Environment.GetEnvironmentVariable)
        {
            Keyboard = Console.IsInputRedirected ? null : new Keyboard(input),
        };
    }
}
