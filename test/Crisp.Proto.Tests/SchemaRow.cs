namespace Crisp.Proto.Tests;

/// <summary>One line of the schema, with the service, message or enum it belongs to.</summary>
internal readonly record struct SchemaRow(string Owner, string Text)
{
    public override string ToString() => $"{Owner}: {Text}";
}
