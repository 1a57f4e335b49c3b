using Crisp.Errors;

namespace Crisp.OciRuntime;

/// <summary>
/// The OCI runtime refused or failed. The message is the runtime's own, as kubelet shows it to users, after the names
/// of the runtime, the verb and the container, and before what can be done about it where we know that.
/// </summary>
public sealed class RuntimeFailedException(
    string runtime, string verb, string containerId, string runtimeMessage, Exception? inner = null)
    : CrispException(ErrorKind.Internal, Sentence(runtime, verb, containerId, runtimeMessage), inner)
{
    public string Verb { get; } = verb;

    public string ContainerId { get; } = containerId;

    /// <summary>What the runtime itself said.</summary>
    public string RuntimeMessage { get; } = runtimeMessage;

    private static string Sentence(string runtime, string verb, string containerId, string runtimeMessage)
    {
        var failure = $"{runtime} {verb} of container \"{containerId}\" failed: {runtimeMessage}";
        return RuntimeRemedies.For(runtimeMessage) is { } remedy ? $"{failure}; {remedy}" : failure;
    }
}
