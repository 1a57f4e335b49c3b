using Crisp.Grpc.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crisp.Grpc.Server;

/// <summary>What Kestrel calls for each request: gRPC for HTTP/2, the daemon's own handler for HTTP/1.1.</summary>
internal sealed class GrpcApplication(MethodTable methods, GrpcServerOptions options)
    : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // A stream's context is used again for the next call on that stream object.
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        container.HostContext ??= new DefaultHttpContext();
        container.HostContext.Initialize(contextFeatures);
        return container.HostContext;
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) =>
        HttpProtocol.IsHttp2(context.Request.Protocol) ? ServeGrpcAsync(context) : ServeHttp1Async(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    private Task ServeGrpcAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = HttpMethods.Post;
            return Task.CompletedTask;
        }

        if (!GrpcHeaders.IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return FindAndServeAsync(http);
    }

    private Task FindAndServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (methods.Find(path) is { } handler)
        {
            return handler.ServeAsync(http);
        }

        var status = methods.WhyUnknown(path);
        http.Response.ContentType = GrpcHeaders.ContentType;
        ResponseStatus.Write(http, status, new RunningCall(started: 0));
        options.CallEnded?.Invoke(new CallOutcome { Method = path, Status = status, Duration = TimeSpan.Zero });
        return Task.CompletedTask;
    }

    private Task ServeHttp1Async(HttpContext http)
    {
        if (options.Http1Handler is { } handler)
        {
            return handler(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
