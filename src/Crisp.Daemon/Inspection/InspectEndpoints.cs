using System.Text;
using Crisp.Daemon.Configuration;
using Crisp.Errors;
using Crisp.Pods;
using Microsoft.AspNetCore.Http;

namespace Crisp.Daemon.Inspection;

/// <summary>
/// What cri-o answers to plain HTTP on the CRI socket. kubelet's cAdvisor asks there for the node and for each
/// container, where kubelet's endpoint has cri-o's name; `crisp status` and people with curl do, too.
/// </summary>
internal sealed class InspectEndpoints(IPods pods, IContainers containers, Func<CrispConfiguration> configuration)
{
    private const string Containers = "/containers/";
    private const string Json = "application/json";

    public Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(http.Request.Method))
            return WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "text/plain", "only GET is answered here\n");
        return path switch
        {
            "/info" => WriteAsync(http, StatusCodes.Status200OK, Json, NodeDocument.Render(configuration())),
            "/config" => WriteAsync(
                http, StatusCodes.Status200OK, "application/toml", ConfigurationText.Render(configuration())),
            _ when path.StartsWith(Containers, StringComparison.Ordinal) => AnswerContainerAsync(
                http, path[Containers.Length..]),
            _ => WriteAsync(
                http, StatusCodes.Status404NotFound, "text/plain", "there are /info, /config and /containers/ID\n"),
        };
    }

    private Task AnswerContainerAsync(HttpContext http, string id)
    {
        try
        {
            return WriteAsync(http, StatusCodes.Status200OK, Json, Find(id));
        }
        catch (CrispException e) when (e.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument)
        {
            return WriteAsync(
                http, StatusCodes.Status404NotFound, "text/plain", $"can't find the container with id {id}\n");
        }
    }

    /// <summary>A pod is looked for where no container has the ID; cri-o's pods are containers themselves.</summary>
    /// <param name="id">Or the beginning of one, as people have it from a list.</param>
    private string Find(string id)
    {
        if (ContainerOrNull(id) is { } container)
            return ContainerDocument.Of(container, pods.Get(container.PodId));
        var pod = pods.Get(id);
        return ContainerDocument.Of(pod, containers.List().Where(of => of.PodId == pod.Id));
    }

    private ContainerSnapshot? ContainerOrNull(string id)
    {
        try
        {
            return containers.Get(id);
        }
        catch (CrispException e) when (e.Kind is ErrorKind.NotFound)
        {
            return null;
        }
    }

    private static Task WriteAsync(HttpContext http, int status, string type, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body).AsTask();
    }
}
