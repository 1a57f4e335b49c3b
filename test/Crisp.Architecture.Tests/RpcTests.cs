using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>One file per RPC, named by the RPC; one place that turns errors into gRPC codes.</summary>
public partial class RpcTests
{
    private const string RpcDirectory = "src/Crisp.Cri/Rpc/";

    /// <summary>The RPCs that kubelet and crictl cannot do without.</summary>
    private static readonly string[] Core =
    [
        "Version", "Status", "RuntimeConfig", "UpdateRuntimeConfig",
        "RunPodSandbox", "StopPodSandbox", "RemovePodSandbox", "PodSandboxStatus", "ListPodSandbox",
        "CreateContainer", "StartContainer", "StopContainer", "RemoveContainer", "ContainerStatus", "ListContainers",
        "ExecSync", "Exec", "Attach", "PortForward", "ReopenContainerLog", "ContainerStats", "ListContainerStats",
        "PullImage", "ImageStatus", "ListImages", "RemoveImage", "ImageFsInfo",
    ];

    [Test]
    public void CoreRpcs_EachHaveTheirFile([ValueSource(nameof(Core))] string rpc) =>
        Assert.That(SourceTree.Files, Does.Contain($"{RpcDirectory}{rpc}.cs"));

    [Test]
    public void RpcFiles_AreNamedByAnRpc() =>
        Assert.That(
            SourceTree.Files.Where(file => file.StartsWith(RpcDirectory, StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file).Split('.')[0])
                .Except(DeclaredRpcs()),
            Is.Empty);

    [Test]
    public void StatusCodes_AreChosenInOnePlace() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.ProductCode.Where(file =>
                    file != "src/Crisp.Cri/RpcErrors.cs"
                    && Imports.ProjectOf(file) is not ("Crisp.Grpc" or "Crisp.Proto.Services" or "Crisp.Ctl")),
                line => StatusCode().IsMatch(line)),
            Is.Empty);

    private static IEnumerable<string> DeclaredRpcs() =>
        SourceTree.Files.Where(file => file.StartsWith("proto/", StringComparison.Ordinal)
            && file.EndsWith(".proto", StringComparison.Ordinal))
            .SelectMany(file => RpcDeclaration().Matches(SourceTree.Read(file)))
            .Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*rpc\s+(\w+)\s*\(", RegexOptions.Multiline)]
    private static partial Regex RpcDeclaration();

    [GeneratedRegex(@"(?<![\w.])StatusCode\.[A-Z]\w*")]
    private static partial Regex StatusCode();
}
