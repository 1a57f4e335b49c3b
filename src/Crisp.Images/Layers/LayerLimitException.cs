using Crisp.Errors;

namespace Crisp.Images.Layers;

/// <summary>A layer that wants more than <see cref="Limits"/> allow.</summary>
internal sealed class LayerLimitException(string message) : CrispException(ErrorKind.ResourceExhausted, message);
