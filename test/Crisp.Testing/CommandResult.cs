namespace Crisp.Testing;

/// <summary>What a program said and how it ended.</summary>
public sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Errors)
{
    public CommandResult ShouldSucceed() =>
        ExitCode == 0
            ? this
            : throw new InvalidOperationException($"`{CommandLine}` ended with {ExitCode}: {Errors}{Output}");
}
