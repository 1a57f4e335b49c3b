using Google.Protobuf.Reflection;

namespace Crisp.Cri.Reflection;

/// <summary>
/// What the daemon offers, as protoc described it. It lies in the program and is read when somebody asks; nothing of it
/// stays in memory afterwards.
/// </summary>
internal sealed class ApiDescriptors
{
    private const string Resource = "apis.protoset";

    private readonly FileDescriptorSet _files;

    private ApiDescriptors(FileDescriptorSet files) => _files = files;

    public IEnumerable<string> Services =>
        _files.File.SelectMany(file => file.Service.Select(service => $"{file.Package}.{service.Name}"));

    public static ApiDescriptors Load()
    {
        using var embedded = typeof(global::Grpc.Health.V1.Health).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the program lacks its resource {Resource}");
        return new ApiDescriptors(FileDescriptorSet.Parser.ParseFrom(embedded));
    }

    public FileDescriptorProto? File(string name) => _files.File.FirstOrDefault(file => file.Name == name);

    /// <summary>The file that declares a service, method, message or enum; nested ones too.</summary>
    public FileDescriptorProto? Declaring(string symbol) =>
        _files.File.FirstOrDefault(file => Symbols(file).Contains(symbol));

    public bool IsMessage(string name) =>
        _files.File.Any(file => file.MessageType.SelectMany(type => Messages(type, file.Package)).Contains(name));

    private static IEnumerable<string> Symbols(FileDescriptorProto file) =>
    [
        .. file.Service.Select(service => $"{file.Package}.{service.Name}"),
        .. file.Service.SelectMany(
            service => service.Method.Select(method => $"{file.Package}.{service.Name}.{method.Name}")),
        .. file.EnumType.Select(type => $"{file.Package}.{type.Name}"),
        .. file.MessageType.SelectMany(type => Messages(type, file.Package)),
        .. file.MessageType.SelectMany(type => Enums(type, file.Package)),
    ];

    private static IEnumerable<string> Messages(DescriptorProto type, string scope) =>
        [$"{scope}.{type.Name}", .. type.NestedType.SelectMany(nested => Messages(nested, $"{scope}.{type.Name}"))];

    private static IEnumerable<string> Enums(DescriptorProto type, string scope) =>
    [
        .. type.EnumType.Select(nested => $"{scope}.{type.Name}.{nested.Name}"),
        .. type.NestedType.SelectMany(nested => Enums(nested, $"{scope}.{type.Name}")),
    ];
}
