using System.Text;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.OciRuntime;

public sealed partial class OciRuntimeCli
{
    /// <summary>`--version`, and `features` where the runtime has it.</summary>
    public async Task<RuntimeProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        ProgramResult result = await AskAsync("--version", cancellationToken).ConfigureAwait(false);
        string output = Encoding.UTF8.GetString(result.Stdout);
        if (!result.Exit.Succeeded || RuntimeVersion.Parse(output) is not { } said)
            throw Unusable($"`{Options.Path} --version` did not say what it is: {OnStderr(result)}");

        ProgramResult answer = await AskAsync("features", cancellationToken).ConfigureAwait(false);
        RuntimeFeatures? features = answer.Exit.Succeeded ? RuntimeFeatures.Parse(answer.Stdout) : null;
        if (KnownRuntimes.RunsAsCopy(output))
            _executable.UseCopy();
        return new RuntimeProbe
        {
            Version = said.Version,
            OciVersion = said.OciVersion,
            HasFeatures = features is not null,
            RefusesSplitCgroups = KnownRuntimes.IsCrun(output),
            CriuFile = KnownRuntimes.CriuFile(output),
            LeavesCgroupsToCriu = KnownRuntimes.IsRunc(output),
            KnownEscapes = KnownEscapes.Of(output, said.Version),
            FollowsLinksInDev = KnownEscapes.FollowsLinksInDev(output, said.Version),
            CannotRemoveCpuQuota = KnownRuntimes.IsCrun(output),
            RecursiveReadOnlyMounts = features is null
                ? KnownRuntimes.HasRecursiveReadOnly(output, said.Version)
                : features.MountOptions?.Contains("rro") == true,
            IdMappedMounts = features is null
                ? KnownRuntimes.HasIdMappedMounts(output, said.Version)
                : features.Linux?.MountExtensions?.Idmap?.Enabled == true,
            UnsafeAnnotations = features?.PotentiallyUnsafeConfigAnnotations ?? [],
        };
    }

    private async Task<ProgramResult> AskAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            var run = new ProgramRun { Spawn = Spawn([question]), Timeout = Options.Timeout };
            return await runner.RunAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SyscallException or TimeoutException)
        {
            throw Unusable(e.Message, e);
        }
    }

    private CrispException Unusable(string problem, Exception? inner = null) =>
        new(ErrorKind.FailedPrecondition, $"runtime handler \"{Options.Name}\" cannot be used: {problem}", inner);
}
