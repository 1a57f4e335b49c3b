using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Answers;

/// <summary>Images as 1.5 knows them: names and size; v1's from 1.6 on.</summary>
internal static class ImageAnswers
{
    /// <summary>1.5 goes on with the name that it asked for; 1.6 and later insist on a reference.</summary>
    public static byte[] Pulled(PullImageResponse answer, LegacyLayout layout) =>
        layout == LegacyLayout.Kubernetes15 ? [] : answer.ToByteArray();

    /// <summary>No image is an answer without one.</summary>
    public static byte[] Status(ImageStatusResponse answer, LegacyLayout layout) =>
        layout != LegacyLayout.Kubernetes15 ? answer.ToByteArray() : WireWriter.Message(to =>
        {
            if (answer.Image is { } image)
                to.Message(1, into => WriteImage(into, image));
        });

    public static byte[] List(ListImagesResponse answer, LegacyLayout layout) =>
        layout != LegacyLayout.Kubernetes15 ? answer.ToByteArray() : WireWriter.Message(to =>
        {
            foreach (var image in answer.Images)
                to.Message(1, into => WriteImage(into, image));
        });

    /// <summary>A size beyond 2^63 does not exist.</summary>
    private static void WriteImage(WireWriter to, Image image) => to
        .Text(1, image.Id)
        .Texts(2, image.RepoTags)
        .Texts(3, image.RepoDigests)
        .Number(4, (long)image.Size);
}
