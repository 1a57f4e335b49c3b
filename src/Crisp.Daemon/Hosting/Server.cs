using System.Net.Sockets;
using System.Security.Cryptography;
using Crisp.Cni;
using Crisp.Cri;
using Crisp.Daemon.Configuration;
using Crisp.Daemon.Inspection;
using Crisp.Daemon.Logging;
using Crisp.Grpc.Server;
using Crisp.Linux;
using Crisp.Pods;
using Crisp.Streaming.Server;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Hosting;

/// <summary>The life of the daemon: <c>crisp serve</c>.</summary>
internal static class Server
{
    /// <summary>How long calls may still run after SIGTERM; systemd's own patience is 90 seconds.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Step 1: find the programs it depends on. Step 2: take the directories. Step 3: recover pods, containers and
    /// images. Step 4: open the socket and say ready. Step 5: wait for a signal. Step 6: finish calls, leave
    /// containers.
    /// </summary>
    /// <param name="load">Reads the configuration: now, and at every SIGHUP.</param>
    public static async Task RunAsync(Func<LoadedConfiguration> load)
    {
        var loaded = load();
        var configuration = loaded.Configuration;
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var level = new LogLevelSwitch(configuration.Runtime.LogLevel);
        using var loggers = Loggers.Create(level, time);
        var log = loggers.CreateLogger("Crisp.Daemon");
        using var signals = new StopSignals();
        using var orphans = new Orphans(); // exec'd commands become children of the daemon, which knows their end
        TaskScheduler.UnobservedTaskException += (_, e) => log.Unobserved(e.Exception.GetBaseException());

        log.Starting(BuildInfo.Version, configuration.House.Root, configuration.House.RunRoot);
        var search = new ProgramSearch(Environment.GetEnvironmentVariable("PATH"));
        var handlers = FindHandlers(loaded, search, log);
        var monitor = MonitorProgram.Find(configuration.House.MonitorPath, search);
        _ = CgroupManager.Choose(configuration.Runtime.CgroupManager);
        using var locks = StateLock.Take(configuration.House.Root, configuration.House.RunRoot);
        await using var node = await Node.OpenAsync(configuration, handlers, monitor, loggers, time);
        if (Readiness(handlers, node) is { Ready: false } problem)
            log.RuntimeNotReady(problem.Message);
        using var reload = new Reload(loaded, load, next => ApplyAsync(next, level, node), log);
        await using var streams = OpenStreams(configuration.Api, node, loggers, time);
        await using var grpc = await ListenAsync(
            reload, node.ForCri(Facts(reload, handlers, node), streams, loggers, time) with
        {
            Legacy = SubsystemOptions.Legacy(configuration),
            EventsEnabled = configuration.Runtime.EnablePodEvents,
        });

        using var trim = new MemoryTrim(time);

        log.Ready(configuration.Api.Listen, Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1));
        Notify("READY=1", log);

        log.Stopping(await signals.Received);
        Notify("STOPPING=1", log);
        await grpc.StopAsync(Drain);
        log.Stopped();
    }

    /// <summary>Whether anybody hears it must not decide whether pods run.</summary>
    private static void Notify(string state, ILogger log)
    {
        try
        {
            SystemdNotify.Send(state);
        }
        catch (SyscallException e)
        {
            log.NotNotified(state, e);
        }
    }

    private static RuntimeHandlers FindHandlers(LoadedConfiguration loaded, ProgramSearch search, ILogger log)
    {
        var handlers = RuntimeHandlers.Find(loaded.Configuration, search, Cgroups.ReadSplitControllers());
        foreach (var warning in loaded.Warnings.Concat(handlers.Warnings))
            log.Configuration(warning);
        log.Handlers(string.Join(", ", handlers.All.Select(h => $"{h.Name} ({h.Path})")), handlers.Default);
        return handlers;
    }

    /// <summary>The keys that are <see cref="ConfigurationKey{T}.Reloaded"/>.</summary>
    private static Task ApplyAsync(CrispConfiguration configuration, LogLevelSwitch level, Node node)
    {
        var security = SubsystemOptions.Security(configuration.Runtime); // reads files, and is the part that can fail
        level.Set(configuration.Runtime.LogLevel);
        return node.ReconfigureAsync(configuration, security);
    }

    private static NodeFacts Facts(Reload reload, RuntimeHandlers handlers, Node node) => new()
    {
        RuntimeVersion = BuildInfo.Version,
        SystemdCgroups = CgroupManager.Choose(reload.Current.Runtime.CgroupManager) == Bundle.CgroupDriver.Systemd,
        Handlers = node.Handlers,
        DefaultHandler = handlers.Default,
        Runtime = () => Readiness(handlers, node),
        Network = () => node.Readiness.Current,
        PodCidr = new PodCidrTemplate(reload.Current.Network.Template, reload.Current.Network.NetworkDirectory),
        ConfigurationJson = () => ConfigurationJson.Render(reload.Current),
        NetworkJson = () => NetworkJson.Render(SubsystemOptions.Cni(reload.Current), node.Networks),
    };

    private static RuntimeReadiness Readiness(RuntimeHandlers handlers, Node node) => RuntimeReadiness.Of(
        node.Handlers.Single(handler => handler.Name == handlers.Default), Cgroups.ReadSplitControllers());

    private static StreamServer OpenStreams(ApiSettings api, Node node, ILoggerFactory loggers, TimeProvider time)
    {
        try
        {
            return StreamServer.Open(SubsystemOptions.Streams(api), node.StreamTargets, loggers, time);
        }
        catch (SocketException e)
        {
            throw new StartException(ExitCodes.SocketInUse,
                $"stream_address {api.StreamAddress}, stream_port {api.StreamPort}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException(
                ExitCodes.Configuration, $"stream_tls_cert, stream_tls_key, stream_tls_ca: {e.Message}", e);
        }
    }

    private static async Task<GrpcServer> ListenAsync(Reload reload, CriDependencies dependencies)
    {
        var inspect = new InspectEndpoints(dependencies.Pods, dependencies.Containers, () => reload.Current);
        var options = new GrpcServerOptions
        {
            SocketPath = reload.Current.Api.Listen,
            Http1Handler = inspect.AnswerAsync,
        };
        var grpc = new GrpcServer(options, dependencies.Loggers, dependencies.Time);
        grpc.Map(binder => CriServices.BindTo(binder, dependencies));
        try
        {
            await grpc.StartAsync(CancellationToken.None);
            return grpc;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            await grpc.DisposeAsync();
            throw new StartException(ExitCodes.SocketInUse, e.Message, e);
        }
    }
}
