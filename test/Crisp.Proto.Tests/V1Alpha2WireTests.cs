using Google.Protobuf.Reflection;

namespace Crisp.Proto.Tests;

/// <summary>
/// Why the daemon may serve v1alpha2 with v1's messages: every message, field, enum value and RPC of v1alpha2 is the
/// same on the wire in v1, which only added to them. Whatever is not is named here, and src/Crisp.Cri/Generations
/// answers for it.
/// </summary>
internal sealed class V1Alpha2WireTests
{
    /// <summary>
    /// Text became bytes: the same wire type, and whatever an old client sends is UTF-8. Only requests hold it, so no
    /// old client ever has to read what is not.
    /// </summary>
    private static readonly string[] s_exceptions = ["KeyValue.value = 2: String of old, Bytes in v1"];

    private static readonly FileDescriptor s_old = global::Runtime.V1Alpha2.VersionRequest.Descriptor.File;

    private static readonly FileDescriptor s_new = global::Runtime.V1.VersionRequest.Descriptor.File;

    [Test]
    public void EveryMessage_IsThereInV1() =>
        Assert.That(Messages(s_old).Keys.Except(Messages(s_new).Keys), Is.Empty);

    [Test]
    public void EveryField_IsTheSameOnTheWire()
    {
        IReadOnlyDictionary<string, MessageDescriptor> today = Messages(s_new);
        var differences = Messages(s_old).SelectMany(message => message.Value.Fields.InFieldNumberOrder()
            .Select(field => Difference(message.Key, field, today[message.Key].FindFieldByNumber(field.FieldNumber)))
            .OfType<string>());

        Assert.That(differences, Is.EquivalentTo(s_exceptions));
    }

    [Test]
    public void EveryEnum_HasItsNumbersInV1()
    {
        IReadOnlyDictionary<string, EnumDescriptor> today = Enums(s_new);

        Assert.That(
            Enums(s_old).SelectMany(old => old.Value.Values
                .Where(value => today[old.Key].FindValueByNumber(value.Number)?.Name != value.Name)
                .Select(value => $"{old.Key}.{value.Name}")),
            Is.Empty);
    }

    [Test]
    public void EveryRpc_TakesAndReturnsTheMessagesOfThatName() =>
        Assert.That(Methods(s_old).Except(Methods(s_new)), Is.Empty);

    private static string? Difference(string message, FieldDescriptor old, FieldDescriptor? today) =>
        today is null || Shape(old) != Shape(today)
            ? $"{message}.{old.Name} = {old.FieldNumber}: {old.FieldType} of old, {today?.FieldType.ToString() ?? "nothing"} in v1"
            : null;

    /// <summary>
    /// Name and type by which the bytes are read; messages and enums by name, which are compared themselves.
    /// </summary>
    private static (string Name, FieldType Type, bool IsRepeated, bool IsPacked, bool IsMap, string? TypeName) Shape(
        FieldDescriptor field) =>
        (field.Name, field.FieldType, field.IsRepeated, field.IsPacked, field.IsMap, field.FieldType switch
        {
            FieldType.Message => LocalName(field.MessageType),
            FieldType.Enum => LocalName(field.EnumType),
            _ => null,
        });

    private static Dictionary<string, MessageDescriptor> Messages(FileDescriptor file) =>
        file.MessageTypes.SelectMany(WithNested).ToDictionary(LocalName);

    private static Dictionary<string, EnumDescriptor> Enums(FileDescriptor file) =>
        file.EnumTypes.Concat(file.MessageTypes.SelectMany(WithNested).SelectMany(message => message.EnumTypes))
            .ToDictionary(LocalName);

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);

    private static IEnumerable<string> Methods(FileDescriptor file) =>
        file.Services.SelectMany(service => service.Methods.Select(method =>
            $"{service.Name}/{method.Name} {method.IsClientStreaming} {LocalName(method.InputType)} "
            + $"{method.IsServerStreaming} {LocalName(method.OutputType)}"));

    private static string LocalName(IDescriptor descriptor) =>
        descriptor.FullName[(descriptor.File.Package.Length + 1)..];
}
