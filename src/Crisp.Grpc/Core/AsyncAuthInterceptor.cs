namespace Grpc.Core;

/// <summary>Adds credentials to a call. A unix socket needs none: only the shape is declared.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
