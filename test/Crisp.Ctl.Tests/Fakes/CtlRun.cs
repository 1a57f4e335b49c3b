namespace Crisp.Ctl.Tests.Fakes;

/// <summary>What one run of crispctl printed, and its exit code.</summary>
internal sealed record CtlRun(int ExitCode, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
