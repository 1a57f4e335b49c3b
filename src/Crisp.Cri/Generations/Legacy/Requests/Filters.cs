using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// Filters of lists. 1.5 has the state bare, and its presence says whether it counts: the first state is 0. v1 wraps it
/// in a message for that.
/// </summary>
internal static class Filters
{
    public static PodSandboxFilter Pods(ByteString bytes, LegacyLayout layout)
    {
        if (layout != LegacyLayout.Kubernetes15)
            return PodSandboxFilter.Parser.ParseFrom(bytes);
        var filter = new PodSandboxFilter();
        for (var wire = new WireReader(bytes); wire.Next();)
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited): filter.Id = wire.Text(); break;
                case (2, Varint): filter.State =
                    new PodSandboxStateValue { State = (PodSandboxState)wire.Enum() }; break;
                case (3, LengthDelimited): wire.Entry(filter.LabelSelector); break;
            }
        }
        return filter;
    }

    public static ContainerFilter Containers(ByteString bytes, LegacyLayout layout)
    {
        if (layout != LegacyLayout.Kubernetes15)
            return ContainerFilter.Parser.ParseFrom(bytes);
        var filter = new ContainerFilter();
        for (var wire = new WireReader(bytes); wire.Next();)
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited): filter.Id = wire.Text(); break;
                case (2, Varint): filter.State = new ContainerStateValue { State = (ContainerState)wire.Enum() }; break;
                case (3, LengthDelimited): filter.PodSandboxId = wire.Text(); break;
                case (4, LengthDelimited): wire.Entry(filter.LabelSelector); break;
            }
        }
        return filter;
    }
}
