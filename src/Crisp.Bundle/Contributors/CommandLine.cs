using System.Text;
using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// What runs, by the table of the Kubernetes documentation ("Define a command and arguments for a container"):
/// command replaces entrypoint and cmd, args alone replace cmd.
/// </summary>
internal static class CommandLine
{
    public static IReadOnlyList<string> Build(BundleInput input)
    {
        var args = Choose(input);
        if (args.Count == 0 || args[0].Length == 0)
        {
            throw CrispException.InvalidArgument(
                "command", "nothing to run: neither the request nor the image names a program");
        }

        foreach (var arg in args)
            TextRules.Bounded("command", arg, Limits.ArgumentBytes);
        return args;
    }

    /// <summary>execve would fail with E2BIG inside the runtime, which says less than this.</summary>
    public static void CheckSize(IReadOnlyList<string> args, IReadOnlyList<string> env)
    {
        var bytes = args.Concat(env).Sum(text => (long)Encoding.UTF8.GetByteCount(text) + 1 + IntPtr.Size);
        if (bytes > Limits.ArgumentsAndEnvironmentBytes)
        {
            throw CrispException.InvalidArgument("envs",
                $"arguments and environment take {bytes} bytes; the kernel allows {Limits.ArgumentsAndEnvironmentBytes}");
        }
    }

    private static IReadOnlyList<string> Choose(BundleInput input)
    {
        Cri.ContainerConfig container = input.Container;
        if (container.Command.Count > 0)
            return [.. container.Command, .. container.Args];
        var entrypoint = input.Image.Config?.Entrypoint ?? [];
        var cmd = input.Image.Config?.Cmd ?? [];
        return container.Args.Count > 0 ? [.. entrypoint, .. container.Args] : [.. entrypoint, .. cmd];
    }
}
