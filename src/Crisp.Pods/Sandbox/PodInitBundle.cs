using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Security;

namespace Crisp.Pods.Sandbox;

/// <summary>The config.json of a pod's init.</summary>
internal sealed class PodInitBundle(
    RuntimeHandlers handlers, BundleWriter bundles, HostFacts host, SecurityProfileSource profiles, InitRoot root)
{
    /// <summary>As kubelet protects pause containers.</summary>
    private const int OomScoreAdj = -998;

    internal CgroupPlacement PlaceOf(Pod pod) => bundles.PlaceOf(pod, pod.Id);

    internal void Write(Pod pod, Container init) => BundleWriter.WriteSpec(init, Build(pod));

    private Spec Build(Pod pod)
    {
        SecurityProfiles allowed = profiles.For(pod.Config, handlers.Get(pod.Record.RuntimeHandler).Options);
        return Bundle.PodInit.Build(new PodInitInput
        {
            PodId = pod.Id,
            OciVersion = handlers.Get(pod.Record.RuntimeHandler).Facts.OciVersion,
            Args = ["/" + InitRoot.Program, "pause"],
            RootFsPath = root.Prepare(),
            Paths = bundles.PathsOf(pod),
            CgroupPath = PlaceOf(pod).OciPath,
            Users = pod.Users,
            Hostname = pod.Config.Hostname,
            Sysctls = pod.Sysctls,
            CgroupV2 = Cgroups.IsUnified,
            Seccomp = SeccompChoice.OfPod(pod.Config, allowed, host, []),
            AppArmorProfile = AppArmorOf(pod, allowed),
            SELinuxLabel = SELinuxLabels.Of(pod.Config, host, pod.Record.SELinuxLevel)?.Process,
            OomScoreAdj = host.CanLowerOomScoreAdj ? OomScoreAdj : Math.Max(OomScoreAdj, host.OwnOomScoreAdj),
        });
    }

    /// <summary>
    /// The default one, as its containers have, where that is loaded: the program needs nothing that it forbids. A pod
    /// has no field for another, and a privileged one is confined in nothing.
    /// </summary>
    private static string? AppArmorOf(Pod pod, SecurityProfiles profiles) =>
        pod.Config.Linux?.SecurityContext?.Privileged != true
            && profiles.AppArmorLoaded.Contains(profiles.AppArmorDefault)
            ? profiles.AppArmorDefault
            : null;
}
