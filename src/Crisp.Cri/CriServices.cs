using Crisp.Cri.Generations.Legacy;
using Crisp.Cri.Generations.V1Alpha2;
using Crisp.Cri.Health;
using Crisp.Cri.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Crisp.Cri;

/// <summary>
/// All that the daemon's socket offers: CRI in three generations over one pair of services, server reflection and
/// health.
/// </summary>
public static class CriServices
{
    private static readonly string[] s_names =
    [
        "runtime.v1.RuntimeService", "runtime.v1.ImageService",
        "runtime.v1alpha2.RuntimeService", "runtime.v1alpha2.ImageService",
        "runtime.RuntimeService", "runtime.ImageService",
    ];

    public static void BindTo(ServiceBinderBase server, CriDependencies on)
    {
        var runtime = new RuntimeService(on);
        var images = new ImageService(on);
        var lists = new EncodedLists(server);
        foreach (var binder in (ServiceBinderBase[])[lists, new V1Alpha2Binder(lists)])
        {
            global::Runtime.V1.RuntimeService.BindService(binder, runtime);
            global::Runtime.V1.ImageService.BindService(binder, images);
        }
        var log = on.Loggers.CreateLogger<CallLog>();
        new LegacyServices(runtime, images, on.Pods, on.Containers, on.Legacy, log).BindTo(server);

        var reflection = new ReflectionService();
        foreach (var binder in (ServiceBinderBase[])[server, new V1AlphaBinder(server)])
            global::Grpc.Reflection.V1.ServerReflection.BindService(binder, reflection);
        global::Grpc.Health.V1.Health.BindService(server, new HealthService(s_names));
    }
}
