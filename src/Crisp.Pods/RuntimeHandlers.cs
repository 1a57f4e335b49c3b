using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciRuntime;
using Crisp.Pods.Records;

namespace Crisp.Pods;

/// <summary>The OCI runtimes of this node by handler name.</summary>
internal sealed class RuntimeHandlers(IReadOnlyDictionary<string, RuntimeHandler> byName, PodsOptions options)
{
    /// <summary>Asks every configured runtime what it is.</summary>
    internal static async Task<RuntimeHandlers> ProbeAsync(
        PodsOptions options, StateLayout layout, ProgramRunner programs, EventLoop loop, CancellationToken cancellation)
    {
        RuntimeHandler[] handlers = await Task.WhenAll(options.Handlers.Select(handler =>
            ProbeAsync(handler, Cli(handler, options, layout, programs, loop), cancellation))).ConfigureAwait(false);
        return new RuntimeHandlers(handlers.ToDictionary(handler => handler.Name, StringComparer.Ordinal), options);
    }

    internal IEnumerable<RuntimeHandler> All => byName.Values;

    /// <summary>The handler of a request; an empty name is the default's.</summary>
    internal RuntimeHandler Get(string name)
    {
        string wanted = name.Length > 0 ? name : options.DefaultHandler;
        return byName.GetValueOrDefault(wanted) ?? throw CrispException.InvalidArgument(
            "runtime_handler", $"there is no handler \"{wanted}\" here, only {string.Join(", ", byName.Keys.Select(known => $"\"{known}\""))}");
    }

    /// <summary>The runtime that made a container.</summary>
    internal OciRuntimeCli Of(Container container) => Get(container.Record.RuntimeHandler).Cli;

    /// <summary>The directory of a pod's cgroup, as the driver understands what was asked.</summary>
    internal string CgroupParent(string? asked) => CgroupPlacement.ParentDirectory(asked, options.CgroupDriver);

    private static OciRuntimeCli Cli(
        RuntimeHandlerOptions handler, PodsOptions options, StateLayout layout, ProgramRunner programs, EventLoop loop) =>
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
        RuntimeHandlerOptions handler, OciRuntimeCli cli, CancellationToken cancellation)
    {
        RuntimeProbe probe = await cli.ProbeAsync(cancellation).ConfigureAwait(false);
        return new RuntimeHandler(handler, cli, new RuntimeFacts
        {
            OciVersion = probe.OciVersion,
            UnsafeAnnotations = probe.UnsafeAnnotations,
            AllowedAnnotations = handler.AllowedAnnotations,
            DefaultAnnotations = handler.DefaultAnnotations,
            PrivilegedWithoutHostDevices = handler.PrivilegedWithoutHostDevices,
            MinimumMemoryBytes = handler.MinimumMemoryBytes,
        });
    }
}
