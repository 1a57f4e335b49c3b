using Crisp.Cri.Generations.Legacy.Wire;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Answers;

/// <summary>What has one field or says nothing, and the version in the first API's own terms.</summary>
internal static class NodeAnswers
{
    /// <summary>As cri-o of that time named the API; the package has no version of its own.</summary>
    private const string ApiVersion = "v1alpha1";

    public static byte[] Version(VersionResponse answer) => WireWriter.Message(to => to
        .Text(1, answer.Version)
        .Text(2, answer.RuntimeName)
        .Text(3, answer.RuntimeVersion)
        .Text(4, ApiVersion));

    /// <summary>Where a stream waits: Exec, Attach and PortForward alike.</summary>
    public static byte[] Url(string url) => WireWriter.Message(to => to.Text(1, url));

    public static byte[] Nothing => [];
}
