return await Crisp.Daemon.CommandLine.Commands.RunAsync(args);
