namespace Grpc.Core;

/// <summary>One authenticated fact about a peer.</summary>
public class AuthProperty
{
    private AuthProperty(string name, string value)
    {
        Name = name;
        Value = value;
    }

    public string Name { get; }

    public string Value { get; }

    public static AuthProperty Create(string name, byte[] valueBytes) =>
        new(name, System.Text.Encoding.UTF8.GetString(valueBytes));
}
