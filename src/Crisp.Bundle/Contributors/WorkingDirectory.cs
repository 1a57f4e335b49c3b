using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>The working directory: the request's, else the image's, else the root.</summary>
internal static class WorkingDirectory
{
    public static string Build(BundleInput input)
    {
        string directory = input.Container.WorkingDir;
        var field = "working_dir";
        if (directory.Length == 0)
        {
            directory = input.Image.Config?.WorkingDir ?? "";
            field = "the image's working directory";
        }

        if (directory.Length == 0)
            return "/";
        PathRules.Absolute(field, directory);
        var clean = PathRules.Clean(directory);
        if (LeadsToDescriptors(clean))
        {
            throw CrispException.InvalidArgument(field,
                $"\"{directory}\" leads to open file descriptors, through which a container can leave its root (CVE-2024-21626)");
        }

        return clean;
    }

    /// <summary>/proc/PID/fd, /proc/PID/task/TID/fd, and the links to them.</summary>
    private static bool LeadsToDescriptors(string path)
    {
        var parts = path.Split('/');
        return parts is ["", "dev", "fd", ..]
            || (parts is ["", "proc", ..]
                && parts.Any(part => part is "fd" or "fdinfo" or "cwd" or "root" or "map_files"));
    }
}
