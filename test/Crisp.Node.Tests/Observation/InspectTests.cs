using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Crisp.Node.Tests.Observation;

/// <summary>Plain HTTP on the CRI socket, as cAdvisor and cri-o's users ask it.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class InspectTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Container_IsDescribedForCAdvisor()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Labels["io.kubernetes.container.name"] = "c");

        JsonNode answer = JsonNode.Parse(await GetAsync($"/containers/{id}", HttpStatusCode.OK))!;

        string command = await File.ReadAllTextAsync($"/proc/{answer["pid"]}/cmdline");
        Assert.Multiple(() =>
        {
            Assert.That(command, Does.Contain("sleep"), "the process that is named is the container's");
            Assert.That((string)answer["sandbox"]!, Is.EqualTo(pod.Id));
            Assert.That((string)answer["labels"]!["io.kubernetes.container.name"]!, Is.EqualTo("c"));
            Assert.That(
                File.Exists($"{(string)answer["root"]!}/bin/sh"), "the root is where the container's files are");
            Assert.That((bool)answer["host_network"]!);
        });
    }

    [Test]
    public async Task Pod_NamesTheProcessOfAContainerThatRuns()
    {
        Pod pod = await RunPlainPodAsync();
        Assert.That(
            (int)JsonNode.Parse(await GetAsync($"/containers/{pod.Id}", HttpStatusCode.OK))!["pid"]!, Is.Zero);
        string id = await RunSleeperAsync(pod);

        JsonNode ofPod = JsonNode.Parse(await GetAsync($"/containers/{pod.Id}", HttpStatusCode.OK))!;
        JsonNode ofContainer = JsonNode.Parse(await GetAsync($"/containers/{id}", HttpStatusCode.OK))!;

        Assert.That((int)ofPod["pid"]!, Is.EqualTo((int)ofContainer["pid"]!).And.GreaterThan(0));
        Assert.That((string)ofPod["labels"]!["io.kubernetes.container.name"]!, Is.EqualTo("POD"));
    }

    [Test]
    public async Task Node_SaysHowItStoresAndGroupsContainers()
    {
        JsonNode answer = JsonNode.Parse(await GetAsync("/info", HttpStatusCode.OK))!;
        Assert.That((string)answer["cgroup_driver"]!, Is.EqualTo("cgroupfs"));
        Assert.That(Directory.Exists((string)answer["storage_root"]!));
        Assert.That(await GetAsync("/config", HttpStatusCode.OK), Does.Contain($"listen = \"{Node.SocketPath}\""));
    }

    [Test]
    public async Task BeginningOfAnId_IsEnough()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);

        foreach (string whole in (string[])[id, pod.Id])
        {
            Assert.That(
                await GetAsync($"/containers/{whole[..13]}", HttpStatusCode.OK),
                Is.EqualTo(await GetAsync($"/containers/{whole}", HttpStatusCode.OK)));
        }
    }

    [TestCase("/containers/none", "can't find the container with id none")]
    [TestCase("/containers/", "can't find the container with id")]
    [TestCase("/elsewhere", "there are /info")]
    public async Task WhatIsNotThere_IsNotFound(string path, string sentence) =>
        Assert.That(await GetAsync(path, HttpStatusCode.NotFound), Does.Contain(sentence));

    private async Task<string> GetAsync(string path, HttpStatusCode expected)
    {
        using SocketsHttpHandler handler = new() { ConnectCallback = ConnectAsync };
        using HttpClient client = new(handler) { BaseAddress = new Uri("http://crio") };
        using HttpResponseMessage response = await client.GetAsync(path);
        string body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), body);
        return body;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Node.SocketPath), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
