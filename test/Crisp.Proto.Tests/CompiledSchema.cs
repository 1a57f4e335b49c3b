using Google.Protobuf.Reflection;

namespace Crisp.Proto.Tests;

/// <summary>The compiled descriptors in the words of the schema file.</summary>
internal static class CompiledSchema
{
    public static IReadOnlyList<SchemaRow> Read(FileDescriptor file) =>
    [
        .. file.Services.SelectMany(RowsOf),
        .. file.MessageTypes.SelectMany(RowsOf),
        .. file.EnumTypes.SelectMany(RowsOf),
    ];

    private static IEnumerable<SchemaRow> RowsOf(ServiceDescriptor service) => Rows(
        $"service {service.Name}",
        service.Methods.Select(method =>
            $"{method.Name} {StreamOf(method.IsClientStreaming)}{method.InputType.Name}"
            + $" -> {StreamOf(method.IsServerStreaming)}{method.OutputType.Name}"));

    private static IEnumerable<SchemaRow> RowsOf(MessageDescriptor message) =>
    [
        .. Rows($"message {PathOf(message)}", message.Fields.InDeclarationOrder().Select(RowOf)),
        .. message.EnumTypes.SelectMany(RowsOf),
        .. message.NestedTypes.Where(nested => !IsMapEntry(nested)).SelectMany(RowsOf),
    ];

    private static IEnumerable<SchemaRow> RowsOf(EnumDescriptor values) => Rows(
        $"enum {(values.ContainingType is { } type ? PathOf(type) + "." : "")}{values.Name}",
        values.Values.Select(value => $"{value.Number} {value.Name}"));

    private static IEnumerable<SchemaRow> Rows(string owner, IEnumerable<string> rows) =>
        [new SchemaRow(owner, "exists"), .. rows.Select(row => new SchemaRow(owner, row))];

    private static string RowOf(FieldDescriptor field)
    {
        var isDeprecated = field.GetOptions()?.Deprecated is true;
        return $"{field.FieldNumber} {field.Name} {LabelOf(field)}{TypeOf(field)}{(isDeprecated ? " (deprecated)" : "")}";
    }

    private static string TypeOf(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            var entry = field.MessageType.Fields.InFieldNumberOrder();
            return $"map<{TypeOf(entry[0])}, {TypeOf(entry[1])}>";
        }

        return field.FieldType switch
        {
            FieldType.Message => field.MessageType.Name,
            FieldType.Enum => field.EnumType.Name,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>proto3 has no word for a field that is there once.</summary>
    private static string LabelOf(FieldDescriptor field) =>
        field.IsMap ? "" : field.IsRepeated ? "repeated " : IsProto2(field.File) ? "optional " : "";

    private static bool IsProto2(FileDescriptor file) => file.ToProto().Syntax is "" or "proto2";

    private static string StreamOf(bool isStream) => isStream ? "stream " : "";

    private static string PathOf(MessageDescriptor message) =>
        message.ContainingType is { } outer ? $"{PathOf(outer)}.{message.Name}" : message.Name;

    private static bool IsMapEntry(MessageDescriptor message) => message.GetOptions()?.MapEntry is true;
}
