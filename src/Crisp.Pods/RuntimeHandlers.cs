using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciRuntime;
using Crisp.Pods.Records;

namespace Crisp.Pods;

/// <summary>The OCI runtimes of this node by handler name.</summary>
internal sealed class RuntimeHandlers(IReadOnlyDictionary<string, RuntimeHandler> byName, PodsOptions options)
{
    /// <summary>
    /// Asks every configured runtime what it is. Without the default nothing starts; another is only said to be
    /// unusable.
    /// </summary>
    internal static async Task<RuntimeHandlers> ProbeAsync(
        PodsOptions options, StateLayout layout, ProgramRunner programs, EventLoop loop, CancellationToken cancellation)
    {
        RuntimeHandler[] handlers = await Task.WhenAll(options.Handlers.Select(handler =>
            ProbeAsync(handler, Cli(handler, options, layout, programs, loop), options.DefaultHandler, cancellation)))
                .ConfigureAwait(false);
        return new RuntimeHandlers(handlers.ToDictionary(handler => handler.Name, StringComparer.Ordinal), options);
    }

    internal IEnumerable<RuntimeHandler> All => byName.Values;

    internal IReadOnlyList<HandlerFeatures> FeaturesOn(HostFacts host) =>
    [
        .. options.Handlers.Select(handler => byName[handler.Name]).Select(handler => new HandlerFeatures
        {
            Name = handler.Name,
            RecursiveReadOnlyMounts = handler.Facts.RecursiveReadOnlyMounts,
            UserNamespaces = handler.Facts.IdMappedMounts && host.UserNamespaces,
            RefusesSplitCgroups = handler.RefusesSplitCgroups,
            Version = handler.Version,
            KnownEscapes = handler.KnownEscapes,
        }),
    ];

    /// <summary>The handler of a request; an empty name is the default's.</summary>
    internal RuntimeHandler Get(string name)
    {
        RuntimeHandler handler = Find(name);
        return handler.Unusable is { } problem
            ? throw new CrispException(ErrorKind.FailedPrecondition, problem)
            : handler;
    }

    /// <summary>The runtime that made a container.</summary>
    internal OciRuntimeCli Of(Container container) => HandlerOf(container).Cli;

    /// <summary>The same, whether or not something new could be made with it.</summary>
    internal RuntimeHandler HandlerOf(Container container) => Find(container.Record.RuntimeHandler);

    /// <summary>The directory of a pod's cgroup, as the driver understands what was asked.</summary>
    internal string CgroupParent(string? asked) => CgroupPlacement.ParentDirectory(asked, options.CgroupDriver);

    private RuntimeHandler Find(string name)
    {
        string wanted = name.Length > 0 ? name : options.DefaultHandler;
        return byName.GetValueOrDefault(wanted) ?? throw CrispException.InvalidArgument(
            "runtime_handler",
            $"there is no handler \"{wanted}\" here, only {string.Join(", ", byName.Keys.Select(known => $"\"{known}\""))}");
    }

    private static OciRuntimeCli Cli(
        RuntimeHandlerOptions handler, PodsOptions options, StateLayout layout, ProgramRunner programs,
        EventLoop loop) =>
        new(
            new OciRuntimeOptions
            {
                Name = handler.Name,
                Path = handler.Path,
                Root = layout.RuntimeRoot(handler),
                CallDirectory = layout.RuntimeCalls,
                SystemdCgroup = options.CgroupDriver == CgroupDriver.Systemd,
                NoPivot = options.NoPivot,
            },
            programs,
            loop);

    private static async Task<RuntimeHandler> ProbeAsync(
        RuntimeHandlerOptions handler, OciRuntimeCli cli, string defaultHandler, CancellationToken cancellation)
    {
        try
        {
            return Describe(handler, cli, await cli.ProbeAsync(cancellation).ConfigureAwait(false));
        }
        catch (CrispException problem) when (handler.Name != defaultHandler)
        {
            return Describe(handler, cli, new RuntimeProbe { Version = "", OciVersion = "", HasFeatures = false }) with
            {
                Unusable = problem.Message,
            };
        }
    }

    private static RuntimeHandler Describe(RuntimeHandlerOptions handler, OciRuntimeCli cli, RuntimeProbe probe) =>
        new(handler, cli, new RuntimeFacts
        {
            OciVersion = probe.OciVersion,
            UnsafeAnnotations = probe.UnsafeAnnotations,
            AllowedAnnotations = handler.AllowedAnnotations,
            DefaultAnnotations = handler.DefaultAnnotations,
            PrivilegedWithoutHostDevices = handler.PrivilegedWithoutHostDevices,
            RecursiveReadOnlyMounts = probe.RecursiveReadOnlyMounts,
            IdMappedMounts = probe.IdMappedMounts,
            FollowsLinksInDev = probe.FollowsLinksInDev,
            CannotRemoveCpuQuota = probe.CannotRemoveCpuQuota,
            MinimumMemoryBytes = handler.MinimumMemoryBytes,
        })
        {
            RefusesSplitCgroups = probe.RefusesSplitCgroups,
            Version = probe.Version,
            KnownEscapes = probe.KnownEscapes,
            CriuFile = probe.CriuFile,
            LeavesCgroupsToCriu = probe.LeavesCgroupsToCriu,
        };
}
