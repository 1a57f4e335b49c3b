System.Console.Write(Crisp.Daemon.Configuration.ConfigurationText.Render(new()));
