using Crisp.Pods;

namespace Crisp.Daemon.Configuration;

/// <summary>[crio.image]</summary>
internal sealed record ImageSettings
{
    public ImageVolumeHandling ImageVolumes { get; init; } = ImageVolumeHandling.MakeDirectory;

    public IReadOnlyList<string> PinnedImages { get; init; } = [];

    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];
}
