using System.Diagnostics;

namespace Crisp.Testing;

/// <summary>Runs a program to its end. A program that takes longer than it may is killed, and the test fails.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var commandLine = string.Join(' ', start.ArgumentList.Prepend(program));

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return new CommandResult(commandLine, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"`{commandLine}` did not end within {Patience}");
        }
    }

    public static Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        RunAsync(program, arguments.AsEnumerable());

    /// <summary>The output of a program that has to succeed.</summary>
    public static async Task<string> OutputAsync(string program, params string[] arguments) =>
        (await RunAsync(program, arguments)).ShouldSucceed().Output;
}
