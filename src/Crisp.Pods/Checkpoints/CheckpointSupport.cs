using System.Text;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Whether a container of this node can be checkpointed or restored: the configuration, the OCI runtime, criu and the
/// kernel all have to want it. Asked before anything is stopped or made; the answer is in their own words.
/// </summary>
internal sealed class CheckpointSupport(NodeState node, ProgramRunner programs)
{
    private const string Program = "criu";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The criu to use.</summary>
    /// <exception cref="CrispException">FailedPrecondition, with the reason.</exception>
    internal async Task<string> RequireAsync(RuntimeHandler handler, CancellationToken cancellation)
    {
        if (!node.Options.CheckpointsEnabled)
            throw Refusal("checkpoints are switched off by the configuration (enable_criu_support)");
        if (await handler.Cli.WhyNoCheckpointAsync(cancellation).ConfigureAwait(false) is { } without)
            throw Refusal($"the OCI runtime of handler \"{handler.Name}\" has no checkpoints: {without}");
        var criu = Find()
            ?? throw Refusal($"{Program} is not installed: it is the program that OCI runtimes make checkpoints with");
        await CheckAsync(criu, cancellation).ConfigureAwait(false);
        return criu;
    }

    private string? Find() => node.Options.CriuProgram.Length > 0
        ? node.Options.CriuProgram
        : SpawnRequest.DefaultPath["PATH=".Length..]
            .Split(':').Select(directory => Path.Combine(directory, Program)).FirstOrDefault(File.Exists);

    /// <summary>"criu check" tries what the kernel offers; its last line says what is missing.</summary>
    private async Task CheckAsync(string criu, CancellationToken cancellation)
    {
        ProgramResult result;
        try
        {
            result = await programs.RunAsync(
                new ProgramRun
                {
                    Spawn = new SpawnRequest { Program = criu, Arguments = ["check"] },
                    Timeout = Patience
                }, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SyscallException or TimeoutException)
        {
            throw Refusal($"{criu} cannot be used: {error.Message}");
        }

        if (!result.Exit.Succeeded)
            throw Refusal($"{Program} cannot work on this kernel: {Said(result)}");
    }

    private static string Said(ProgramResult result)
    {
        var lines = Encoding.UTF8.GetString([.. result.Stdout, .. result.Stderr]).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors = [.. lines.Where(line => line.Contains("Error", StringComparison.Ordinal))];
        return string.Join("; ", errors.Length > 0 ? errors : lines) is { Length: > 0 } text
            ? text
            : $"it gave no reason ({result.Exit})";
    }

    private static CrispException Refusal(string why) => new(ErrorKind.FailedPrecondition, why);
}
