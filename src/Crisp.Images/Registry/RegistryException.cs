using System.Net;
using Crisp.Errors;

namespace Crisp.Images.Registry;

/// <summary>A registry that could not be reached, refused, or sent what cannot be believed.</summary>
public sealed class RegistryException : CrispException
{
    public RegistryException(ErrorKind kind, string message, Exception? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>What the registry answered, where it answered.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>
    /// Nobody answers there. kubelet makes the pod's reason out of the first word, and only where the error has the
    /// code Unknown (k8s.io/cri-api errors, ErrRegistryUnavailable).
    /// </summary>
    internal static RegistryException Unreachable(Uri uri, Exception cause) =>
        new(ErrorKind.Unknown, $"RegistryUnavailable: {uri.Authority} cannot be reached: {Innermost(cause)}", cause);

    private static string Innermost(Exception cause) => cause.GetBaseException().Message;
}
