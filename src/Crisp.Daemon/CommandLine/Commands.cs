using Crisp.Daemon.Configuration;
using Crisp.Daemon.Hosting;
using Crisp.Errors;

namespace Crisp.Daemon.CommandLine;

/// <summary>What each verb does, and how its failure reaches the shell.</summary>
internal static class Commands
{
    private const string Help = """
        crisp runs pods and containers for kubelet (CRI).

        Usage: crisp [OPTIONS] COMMAND

        Commands:
          serve                 Serve CRI on a unix socket until SIGTERM; containers run on. What options alone mean
          config                Print the configuration in effect, as a file that can be loaded again
            --default           … the built-in one, without reading any file
          status WHAT           Ask the daemon that runs: config, info, or containers --id ID (a pod's, too)
            --socket FILE       … behind this socket
          version               Print the version
            --json              … as JSON

        Options of serve and config:
          -c, --config FILE     The configuration file (default: /etc/crisp/crisp.conf, which may be absent; "": none)
          -d, --config-dir DIR  Drop-ins, in lexical order (default: the file's name with .d behind it; "": none)
          -l, --log-level LEVEL trace, debug, info, warn (or warning), error, fatal or panic
              --KEY VALUE       Any key of the configuration's [crio…] tables, by the name that cri-o's command line has
                                for it: --listen, --root, --cgroup-manager, --cni-config-dir, --runtimes …; lists with
                                commas, or as several options. Wins over the environment (CONTAINER_KEY), and that over
                                the files

        Called by the name crio it reads /etc/crio/crio.conf and crio.conf.d, and listens on /var/run/crio/crio.sock.

        """;

    public static async Task<int> RunAsync(string[] words)
    {
        try
        {
            var arguments = ArgumentParser.Parse(words, Path.GetFileName(Environment.GetCommandLineArgs()[0]));
            switch (arguments.Command)
            {
                case Command.Serve:
                    await Server.RunAsync(() => Load(arguments));
                    return ExitCodes.Success;
                case Command.Config:
                    PrintConfiguration(Load(arguments));
                    return ExitCodes.Success;
                case Command.Version:
                    Console.Out.WriteLine(arguments.AsJson
                        ? $$"""{"version":"{{BuildInfo.Version}}"}"""
                        : $"crisp {BuildInfo.Version}");
                    return ExitCodes.Success;
                case Command.Status:
                    await new Status(Console.Out).RunAsync(
                        arguments.StatusWords, () => Load(arguments).Configuration.Api.Listen);
                    return ExitCodes.Success;
                default:
                    Console.Out.Write(Help);
                    return ExitCodes.Success;
            }
        }
        catch (UsageException e)
        {
            return Fail(ExitCodes.Usage, $"{e.Message} (crisp --help lists commands and options)");
        }
        catch (ConfigurationException e)
        {
            return Fail(ExitCodes.Configuration, e.Message);
        }
        catch (StartException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (CrispException e)
        {
            return Fail(ExitCodes.Failure, e.Message);
        }
        catch (Exception e) // the last catch there is: whatever it was, the shell gets a sentence and a number
        {
            return Fail(ExitCodes.Failure, $"unexpected failure: {e}");
        }
    }

    private static LoadedConfiguration Load(Arguments arguments)
    {
        if (arguments.DefaultsOnly)
            return ConfigurationLoader.Load(arguments.Sources.WithoutFiles);
        var environment = ConfigurationOptions.OfEnvironment(Environment.GetEnvironmentVariable);
        return ConfigurationLoader.Load(arguments.Sources, [.. environment, .. arguments.Options]);
    }

    private static void PrintConfiguration(LoadedConfiguration loaded)
    {
        foreach (var warning in loaded.Warnings)
            Console.Error.WriteLine($"crisp: {warning}");
        Console.Out.Write(ConfigurationText.Render(loaded.Configuration));
    }

    private static int Fail(int exitCode, string sentence)
    {
        Console.Error.WriteLine($"crisp: {sentence}");
        return exitCode;
    }
}
