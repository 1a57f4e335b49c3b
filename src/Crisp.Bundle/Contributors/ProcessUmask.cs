using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// What an annotation of the pod says of the mode of files that its programs make; else the runtime's 022.
/// </summary>
internal static class ProcessUmask
{
    private const string Name = "umask.crio.io";
    private const string FormerName = "io.kubernetes.cri-o.umask";

    public static uint? Build(BundleInput input)
    {
        var asked = FeatureAnnotation.Find(
            input.Pod.Annotations, input.Runtime.AllowedAnnotations, Name, FormerName);
        if (asked is null)
            return null;
        return asked.Length is > 0 and <= 4 && asked.All(c => c is >= '0' and <= '7')
            ? Convert.ToUInt32(asked, 8)
            : throw CrispException.InvalidArgument($"annotations[{Name}]", $"\"{asked}\" is not an octal mask");
    }
}
