using Crisp.Bundle.Contributors;
using Crisp.Bundle.SELinux;

namespace Crisp.Bundle;

/// <summary>
/// Turns what was asked, with what the image and the host say, into an OCI config.json. Pure: every part comes from one
/// contributor in Contributors/, and nothing outside the input is read. It answers with a spec, or throws
/// InvalidArgument or Unimplemented that names the field.
/// </summary>
public static class BundleBuilder
{
    public static BundleResult Build(BundleInput input)
    {
        ContainerConfigValidation.Validate(input.Container, input.Pod);
        var notes = new Notes();
        var labels = SELinuxLabels.Of(input.Container, input.Host, input.SELinuxLevel);
        Oci.Process process = BuildProcess(input, labels, notes);
        var spec = new Oci.Spec
        {
            OciVersion = input.Runtime.OciVersion,
            Process = process,
            Root = new Oci.Root { Path = input.RootFsPath, Readonly = input.HasReadOnlyRoot },
            Mounts = MountTable.Build(input),
            Annotations = Annotations.Build(input),
            Linux = BuildLinux(input, notes) with
            {
                Seccomp = SeccompChoice.Build(input, process.Capabilities!.Bounding!, notes), // always built
                MountLabel = labels?.File,
            },
        };
        spec = EditedSpec.Apply(spec, input.Edits);
        spec = spec with
        {
            Hooks = OciHooks.Join(spec.Hooks, OciHooks.Build(input, spec.Process!.Args![0]))
        }; // never empty
        return new BundleResult
        {
            Spec = spec,
            Notes = notes.Lines,
            StopSignal = StopSignal.Choose(input.Container, input.Image)
        };
    }

    private static Oci.Process BuildProcess(BundleInput input, SELinuxLabels? labels, Notes notes)
    {
        IReadOnlyList<string> args = CommandLine.Build(input);
        IReadOnlyList<string> env = EnvironmentVariables.Build(input, notes);
        CommandLine.CheckSize(args, env);
        return new Oci.Process
        {
            Terminal = input.Container.Tty,
            User = ProcessUser.Build(input),
            Args = args,
            Env = env,
            Cwd = WorkingDirectory.Build(input),
            Capabilities = CapabilitySets.Build(input, notes),
            Rlimits = Rlimits.Build(input, notes),
            NoNewPrivileges = input.Security.NoNewPrivs,
            ApparmorProfile = AppArmorProfile.Build(input, notes),
            SelinuxLabel = labels?.Process,
            OomScoreAdj = OomScore.Build(input.Container.Linux?.Resources?.OomScoreAdj ?? 0, input.Host, notes),
        };
    }

    private static Oci.LinuxSpec BuildLinux(BundleInput input, Notes notes) => new()
    {
        UidMappings = UserMappings.Of(input.Pod) is { } users ? [users.Uids] : null,
        GidMappings = UserMappings.Of(input.Pod) is { } groups ? [groups.Gids] : null,
        Resources = ContainerResources.Build(input, notes),
        CgroupsPath = input.CgroupPath,
        Namespaces = Namespaces.Build(input),
        Devices = DeviceNodes.Build(input),
        RootfsPropagation = MountPropagation.OfRoot(input.Mounts),
        MaskedPaths = ProtectedPaths.Masked(input),
        ReadonlyPaths = ProtectedPaths.ReadOnly(input),
    };
}
