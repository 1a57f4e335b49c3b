using Crisp.Streaming;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Remembers what URLs were asked for.</summary>
internal sealed class FakeUrls : IStreamUrls
{
    public List<StreamRequest> Given { get; } = [];

    public Uri UrlFor(StreamRequest request)
    {
        Given.Add(request);
        return new Uri($"http://127.0.0.1:1/{Given.Count}");
    }
}
