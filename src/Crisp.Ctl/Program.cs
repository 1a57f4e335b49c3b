using System.Reflection;
using System.Runtime.InteropServices;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Configuration;
using Crisp.Ctl.Connection;
using Crisp.Ctl.Verbs;
using Grpc.Core;

namespace Crisp.Ctl;

/// <summary>crispctl: options, a verb, its options; errors as one line on stderr and exit code 1.</summary>
internal static class Program
{
    private const int Interrupted = 130;

    /// <summary>As a shell tells a program that died of SIGPIPE.</summary>
    private const int OutputClosed = 141;

    internal static string ProductVersion =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";

    private static async Task<int> Main(string[] words)
    {
        using var interrupt = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(words, Terminal.OfThisProcess(), interrupt.Token);

        // The first one lets the verb end its call, a second one ends the program as usual.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }

    internal static async Task<int> RunAsync(IReadOnlyList<string> words, Terminal terminal, CancellationToken ct)
    {
        Verb? verb = null;
        try
        {
            var (globals, rest) = FlagParser.Parse(GlobalFlags.All, words, stopAtArgument: true, terminal.Environment);
            if (globals.Switch(GlobalFlags.Version))
            {
                await terminal.Text.WriteLineAsync($"crispctl version {ProductVersion}");
                return 0;
            }

            if (globals.Switch(GlobalFlags.Help) || rest is [] or ["help"])
            {
                await terminal.Text.WriteAsync(HelpText.OfProgram(VerbList.All));
                return 0;
            }

            verb = VerbList.Find(rest[0] == "help" ? rest[1] : rest[0]);
            return await RunVerbAsync(verb, rest[0] == "help" ? ["--help"] : rest.Skip(1), globals, terminal, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (RpcException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (OutputClosedException)
        {
            return OutputClosed;
        }
        catch (Exception e) when (e is CtlException or RpcException)
        {
            var more = e is UsageException ? $"; see crispctl {verb?.Name}{(verb is null ? "" : " ")}--help" : "";
            await terminal.ErrorText.WriteLineAsync($"crispctl: {Describe(e)}{more}");
            return 1;
        }
    }

    internal static string Describe(Exception failure) =>
        failure is RpcException rpc ? CallFailure.Describe(rpc) : failure.Message;

    private static async Task<int> RunVerbAsync(
        Verb verb, IEnumerable<string> words, ParsedFlags globals, Terminal terminal, CancellationToken ct)
    {
        var (flags, arguments) = FlagParser.Parse(
            [.. verb.Flags, GlobalFlags.HelpFlag], words, verb.StopsAtArgument, terminal.Environment);
        if (flags.Switch(GlobalFlags.Help))
        {
            await terminal.Text.WriteAsync(HelpText.OfVerb(verb));
            return 0;
        }

        using var connection = new CriConnection(SettingsFile.Load(globals), terminal.Clock);
        return await verb.RunAsync(new Invocation(flags, arguments, terminal, connection), ct);
    }
}
