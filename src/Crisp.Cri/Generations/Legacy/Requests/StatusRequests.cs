using Google.Protobuf;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>Status calls: v1's, and 1.8 brought the wish for more at 2.</summary>
internal static class StatusRequests
{
    public static T Read<T>(LegacyRequest request, MessageParser<T> parser)
        where T : IMessage<T> =>
        request.Parse(parser, request.Has(2) ? LegacyLayout.Kubernetes18 : null);
}
