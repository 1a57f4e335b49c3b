namespace Crisp.OciSpec.Image;

/// <summary>{}: the value in Go's map[string]struct{}, of which only the keys matter.</summary>
public sealed record EmptyObject;
