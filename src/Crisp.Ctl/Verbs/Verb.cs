using Crisp.Ctl.CommandLine;
using Grpc.Core;

namespace Crisp.Ctl.Verbs;

/// <summary>One thing crispctl does, with crictl's name and options for it.</summary>
internal abstract class Verb
{
    internal abstract string Name { get; }

    internal virtual IReadOnlyList<string> Aliases => [];

    /// <summary>One line for the list of verbs.</summary>
    internal abstract string Summary { get; }

    /// <summary>The arguments as the usage line shows them.</summary>
    internal virtual string Arguments => "";

    internal virtual IReadOnlyList<Flag> Flags => [];

    /// <summary>What follows the first argument belongs to a command of the user's.</summary>
    internal virtual bool StopsAtArgument => false;

    /// <returns>The exit code.</returns>
    internal abstract Task<int> RunAsync(Invocation call, CancellationToken ct);

    /// <summary>
    /// Does the same to several objects, one after the other. Each gets its turn; what fails is told at the end.
    /// </summary>
    private protected static async Task<int> ForEachAsync(
        Invocation call, IEnumerable<string> ids, string doing, Func<string, Task> work)
    {
        var failed = false;
        foreach (var id in ids)
        {
            try
            {
                await work(id);
            }
            catch (Exception e) when (e is CtlException or RpcException { StatusCode: not StatusCode.Cancelled })
            {
                failed = true;
                await call.Terminal.ErrorText.WriteLineAsync($"crispctl: {doing} {id}: {Program.Describe(e)}");
            }
        }

        return failed ? 1 : 0;
    }
}
