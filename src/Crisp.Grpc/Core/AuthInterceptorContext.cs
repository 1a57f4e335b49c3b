namespace Grpc.Core;

/// <summary>What an <see cref="AsyncAuthInterceptor"/> may look at.</summary>
public sealed class AuthInterceptorContext(string serviceUrl, string methodName)
{
    public string ServiceUrl { get; } = serviceUrl;

    public string MethodName { get; } = methodName;
}
