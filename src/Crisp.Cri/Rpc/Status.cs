using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;
using RuntimeHandler = Runtime.V1.RuntimeHandler;

namespace Crisp.Cri.Rpc;

/// <summary>
/// The node's two conditions, the handlers and what they can do. kubelet asks every 5 seconds; both conditions must be
/// there, and one handler entry with an empty name stands for the default.
/// </summary>
internal sealed class Status(NodeFacts node) : IRpc<StatusRequest, StatusResponse>
{
    public Task<StatusResponse> HandleAsync(StatusRequest request, CancellationToken patience)
    {
        var response = new StatusResponse
        {
            Status = new RuntimeStatus { Conditions = { RuntimeReady(), NetworkReady() } },
            RuntimeHandlers = { Handler("", node.Handlers.Single(handler => handler.Name == node.DefaultHandler)) },
            Features = new RuntimeFeatures
            {
                SupplementalGroupsPolicy = true,
                MountOptions = true,
                UserNamespacesHostNetwork = node.Handlers.Any(handler => handler.UserNamespaces),
            },
        };
        response.RuntimeHandlers.Add(node.Handlers.Select(Handler));
        if (request.Verbose)
        {
            response.Info.Add("config", node.ConfigurationJson());
            response.Info.Add("cniconfig", node.NetworkJson());
            response.Info.Add("handlers", VerboseInfo.Of(node.Handlers));
        }
        return Task.FromResult(response);
    }

    /// <summary>
    /// Recovery is over before the socket is there; what is left is whether the OCI runtime can work on this host.
    /// </summary>
    private RuntimeCondition RuntimeReady()
    {
        var runtime = node.Runtime();
        return new RuntimeCondition
        {
            Type = "RuntimeReady",
            Status = runtime.Ready,
            Reason = runtime.Reason,
            Message = runtime.Message,
        };
    }

    private RuntimeCondition NetworkReady()
    {
        var network = node.Network();
        return new RuntimeCondition
        {
            Type = "NetworkReady",
            Status = network.Ready,
            Reason = network.Reason,
            Message = network.Message,
        };
    }

    private static RuntimeHandler Handler(HandlerFeatures handler) => Handler(handler.Name, handler);

    private static RuntimeHandler Handler(string name, HandlerFeatures handler) => new()
    {
        Name = name,
        Features = new RuntimeHandlerFeatures
        {
            RecursiveReadOnlyMounts = handler.RecursiveReadOnlyMounts,
            UserNamespaces = handler.UserNamespaces,
        },
    };
}
