using Crisp.Bundle;
using Crisp.Cni;
using Crisp.Cri.Generations.Legacy;
using Crisp.Daemon.Configuration;
using Crisp.Images;
using Crisp.Pods;
using Crisp.Streaming.Server;

namespace Crisp.Daemon.Hosting;

/// <summary>The configuration, handed to each project in the form it knows.</summary>
internal static class SubsystemOptions
{
    public static ImageStoreOptions Images(CrispConfiguration configuration, Func<string, string?> inUseBy) => new()
    {
        Root = configuration.House.Root,
        InsecureRegistries = configuration.Image.InsecureRegistries,
        PinnedImages = configuration.Image.PinnedImages,
        InUseBy = inUseBy,
    };

    public static CniOptions Cni(CrispConfiguration configuration) => new()
    {
        ConfDirectory = configuration.Network.NetworkDirectory,
        PluginDirectories = configuration.Network.PluginDirectories,
        DefaultNetwork = configuration.Network.DefaultNetwork,
        MapsHostPorts = configuration.Network.MapsHostPorts,
        Timeout = configuration.House.CniTimeout,
    };

    public static PodsOptions Pods(CrispConfiguration configuration, RuntimeHandlers handlers, string monitor) => new()
    {
        StateDirectory = configuration.House.Root,
        RunDirectory = configuration.House.RunRoot,
        NetNsDirectory = configuration.House.NetworkNamespaceDirectory,
        MonitorProgram = monitor,
        Handlers = handlers.All,
        DefaultHandler = handlers.Default,
        CgroupDriver = CgroupManager.Choose(configuration.Runtime.CgroupManager),
        Bundle = Bundle(configuration.Runtime),
        Security = Security(configuration.Runtime),
        DefaultSysctls = configuration.Runtime.DefaultSysctls.Select(text => text.Split('='))
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.Ordinal),
        NoPivot = configuration.Runtime.NoPivot,
        MonitorCgroup = configuration.Runtime.MonitorCgroup,
        MaxLogBytes = configuration.Runtime.LogSizeMaxBytes,
        StopTimeout = configuration.Runtime.ContainerStopTimeout,
        CreateTimeout = configuration.Handlers.Values.Append(new HandlerSettings()).Max(h => h.ContainerCreateTimeout),
        PodMetrics = configuration.Stats.PodMetrics,
        CheckpointsEnabled = configuration.Runtime.EnableCriuSupport,
        RestoreFromImages = configuration.House.RestoreFromImages,
        CriuProgram = configuration.House.CriuPath,
        LogDirectory = configuration.LogDirectory,
        ImageVolumes = configuration.Image.ImageVolumes,
        DefaultMountsFile = configuration.Runtime.DefaultMountsFile,
        HooksDirectories = configuration.Runtime.HooksDirectories,
        CdiDirectories = configuration.Runtime.CdiDirectories,
        AdditionalDevices = configuration.Runtime.AdditionalDevices,
        AllowedDevices = configuration.Runtime.AllowedDevices,
        DeviceOwnershipFromSecurityContext = configuration.Runtime.DeviceOwnershipFromSecurityContext,
        AbsentMountSourcesToReject = configuration.Runtime.AbsentMountSourcesToReject,
    };

    public static SecurityOptions Security(RuntimeSettings runtime) => new()
    {
        SeccompDefault = SeccompProfiles.Read("[crio.runtime] seccomp_profile", runtime.SeccompProfile)
            ?? SeccompProfiles.Default(),
        SeccompPrivileged = SeccompProfiles.Read(
            "[crio.runtime] privileged_seccomp_profile", runtime.PrivilegedSeccompProfile),
        AppArmorDefault = runtime.AppArmorProfile,
        SELinux = runtime.SELinux,
        HostNetworkDisablesSELinux = runtime.HostNetworkDisablesSELinux,
    };

    public static LegacyOptions Legacy(CrispConfiguration configuration) => new()
    {
        Layout = configuration.House.LegacyLayout,
        SeccompRoot = configuration.House.LegacySeccompRoot,
        SystemdCgroups = CgroupManager.Choose(configuration.Runtime.CgroupManager) == CgroupDriver.Systemd,
    };

    public static StreamServerOptions Streams(ApiSettings api) => new()
    {
        Address = api.StreamAddress,
        Port = api.StreamPort,
        Tls = api.StreamEnableTls ? new TlsFiles(
            api.StreamTlsCert, api.StreamTlsKey, api.StreamTlsCa is { Length: > 0 } ca ? ca : null) : null,
        MinTlsVersion = api.TlsMinVersion,
        IdleTimeout = api.StreamIdleTimeout,
    };

    private static BundleOptions Bundle(RuntimeSettings runtime) => new()
    {
        DefaultCapabilities = runtime.DefaultCapabilities,
        DefaultEnvironment = runtime.DefaultEnv,
        DefaultUlimits = [.. runtime.DefaultUlimits.Select(UlimitText.Read)],
        ReadOnlyRoot = runtime.ReadOnly,
        PidsLimit = runtime.PidsLimit,
    };
}
