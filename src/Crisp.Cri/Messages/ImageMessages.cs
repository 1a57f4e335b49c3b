using System.Globalization;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>Images as CRI names and tells of them.</summary>
internal static class ImageMessages
{
    public static string Name(ImageSpec? image) =>
        Required.Text(Required.Message(image, "image").Image, "image.image");

    public static RegistryCredentials? Credentials(AuthConfig? auth) => auth is null ? null : new RegistryCredentials
    {
        Username = NullIfEmpty(auth.Username),
        Password = NullIfEmpty(auth.Password),
        Auth = NullIfEmpty(auth.Auth),
        ServerAddress = NullIfEmpty(auth.ServerAddress),
        IdentityToken = NullIfEmpty(auth.IdentityToken),
        RegistryToken = NullIfEmpty(auth.RegistryToken),
    };

    public static Image Image(StoredImage image)
    {
        var message = new Image
        {
            Id = image.Id,
            RepoTags = { image.RepoTags },
            RepoDigests = { image.RepoDigests },
            Size = (ulong)Math.Max(1, image.SizeBytes), // kubelet takes an image of no size for an error
            Spec = new ImageSpec { Image = image.RepoTags.Concat(image.RepoDigests).FirstOrDefault(image.Id) },
            Pinned = image.Pinned,
        };
        if (image.Config.Config?.Labels is { } labels)
            message.Spec.Annotations.Add(labels.ToDictionary(l => l.Key, l => l.Value ?? ""));
        SetUser(message, image.Config.Config?.User ?? "");
        return message;
    }

    /// <summary>kubelet checks run_as_non_root by these two: a number or a name, never neither.</summary>
    private static void SetUser(Image message, string user)
    {
        var name = user.Split(':')[0];
        if (name.Length == 0)
            message.Uid = new Int64Value { Value = 0 };
        else if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
            message.Uid = new Int64Value { Value = uid };
        else
            message.Username = name;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
