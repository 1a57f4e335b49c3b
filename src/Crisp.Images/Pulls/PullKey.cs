namespace Crisp.Images.Pulls;

/// <summary>What makes two pulls one. Record equality of the credentials: all their members are text.</summary>
internal sealed record PullKey(string Reference, RegistryCredentials? Credentials);
