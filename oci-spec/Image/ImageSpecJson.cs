using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crisp.OciSpec.Image;

/// <summary>JSON of the image specification: the names of the specification, nulls left out.</summary>
public static class ImageSpecJson
{
    public static ImageSpecContext Default { get; } =
        new(new JsonSerializerOptions(
            ImageSpecContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
