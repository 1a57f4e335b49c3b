using Crisp.Cri.Reflection;
using Crisp.Cri.Tests.Fakes;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Crisp.Cri.Tests.Reflection;

public sealed class ReflectionServiceTests
{
    private static readonly string[] s_services =
    [
        "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
        "runtime.ImageService", "runtime.RuntimeService", "runtime.v1.ImageService", "runtime.v1.RuntimeService",
        "runtime.v1alpha2.ImageService", "runtime.v1alpha2.RuntimeService",
    ];

    [Test]
    public async Task Services_AreAllListed()
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*" });

        Assert.That(answer.ListServicesResponse.Service.Select(service => service.Name), Is.EqualTo(s_services));
    }

    [TestCaseSource(nameof(s_services))]
    public async Task EveryService_IsDescribedByAFileThatIsComplete(string service)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = service });

        var file = FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto).Single();
        Assert.That(file.Services.Select(described => described.FullName), Does.Contain(service));
    }

    [TestCase("runtime.v1.RuntimeService.RunPodSandbox", "runtime/v1/api.proto")]
    [TestCase("runtime.v1.SecurityProfile.ProfileType", "runtime/v1/api.proto")]
    [TestCase("runtime.v1alpha2.NamespaceMode", "runtime/v1alpha2/api.proto")]
    [TestCase("runtime.LinuxUser", "runtime/legacy/api.proto")]
    public async Task Symbol_IsFoundInItsFile(string symbol, string name)
    {
        var bySymbol = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var byName = await AskAsync(new ServerReflectionRequest { FileByFilename = name });

        var file = FileDescriptorProto.Parser.ParseFrom(bySymbol.FileDescriptorResponse.FileDescriptorProto.Single());
        Assert.That(file.Name, Is.EqualTo(name));
        Assert.That(bySymbol.FileDescriptorResponse, Is.EqualTo(byName.FileDescriptorResponse));
    }

    [Test]
    public async Task WhatIsUnknown_IsAnAnswer_AndTheStreamGoesOn()
    {
        ServerReflectionRequest[] questions =
        [
            new() { FileContainingSymbol = "runtime.v1.Nothing" },
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingExtension = new ExtensionRequest
            {
                ContainingType = "runtime.v1.Mount",
                ExtensionNumber = 1
            } },
            new() { AllExtensionNumbersOfType = "runtime.v1.Nothing" },
            new(),
            new() { AllExtensionNumbersOfType = "runtime.v1.Mount" },
        ];

        var answers = await AskAsync(questions);

        Assert.That(answers.Select(answer => (StatusCode)(answer.ErrorResponse?.ErrorCode ?? 0)), Is.EqualTo(new[]
        {
            StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound,
            StatusCode.InvalidArgument, StatusCode.OK,
        }));
        Assert.That(
            answers[0].ErrorResponse!.ErrorMessage, Does.Contain("runtime.v1.Nothing")); // an error, by the line above
        Assert.That(answers.Select(answer => answer.OriginalRequest), Is.EqualTo(questions));
    }

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest question) =>
        (await AskAsync([question])).Single();

    private static async Task<IReadOnlyList<ServerReflectionResponse>> AskAsync(
        IReadOnlyList<ServerReflectionRequest> questions)
    {
        var answers = new Answers();
        await new ReflectionService().ServerReflectionInfo(new Questions(questions), answers, new FakeCallContext());
        return answers.All;
    }

    private sealed class Questions(IReadOnlyList<ServerReflectionRequest> all)
        : IAsyncStreamReader<ServerReflectionRequest>
    {
        private int _next = -1;

        public ServerReflectionRequest Current => all[_next];

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(++_next < all.Count);
    }

    private sealed class Answers : IServerStreamWriter<ServerReflectionResponse>
    {
        public List<ServerReflectionResponse> All { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(ServerReflectionResponse message)
        {
            All.Add(message);
            return Task.CompletedTask;
        }

        public Task WriteAsync(ServerReflectionResponse message, CancellationToken cancellationToken) =>
            WriteAsync(message);
    }
}
