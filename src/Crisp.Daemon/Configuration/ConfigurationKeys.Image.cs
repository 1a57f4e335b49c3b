using Crisp.Pods;
using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string ImageTable = "crio.image";

    private static readonly Dictionary<string, ImageVolumeHandling> VolumeHandlings = new()
    {
        ["mkdir"] = ImageVolumeHandling.MakeDirectory,
        ["bind"] = ImageVolumeHandling.Bind,
        ["ignore"] = ImageVolumeHandling.Ignore,
    };

    private static Key[] Image =>
    [
        new(ImageTable, "image_volumes",
            "Volumes that images declare: \"mkdir\" makes a directory in the container's file system, \"bind\" mounts an "
            + "empty one that lies beside it, \"ignore\" does neither.",
            c => Show(VolumeHandlings, c.Image.ImageVolumes),
            (c, v) => c with { Image = c.Image with { ImageVolumes = v.Choice(VolumeHandlings) } }),
        new(ImageTable, "pinned_images",
            "Images that kubelet's garbage collection must leave alone: exact names, \"prefix*\" or \"*part*\".",
            c => TomlText.Array(c.Image.PinnedImages),
            (c, v) => c with { Image = c.Image with { PinnedImages = v.Texts() } }) { Reloaded = true },
        new(ImageTable, "insecure_registries",
            "HOST or HOST:PORT of registries that may be spoken to without TLS, or with a certificate nobody vouches for.",
            c => TomlText.Array(c.Image.InsecureRegistries),
            (c, v) => c with { Image = c.Image with { InsecureRegistries = v.Texts() } }) { Reloaded = true },
    ];
}
