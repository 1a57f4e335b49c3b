using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// The part of an API server and a kubelet that stands between a client and a runtime's streams:
/// <c>/api/v1/namespaces/NAMESPACE/pods/POD/{exec|attach|portforward}?…</c> becomes a call of the runtime, and the
/// client's bytes go to the URL that it answers, as they are. Pods and containers are named by their IDs here.
/// </summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly CriCalls _cri;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public ApiServer(CriCalls cri)
    {
        _cri = cri;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient runtime = new();
        using (client)
        {
            try
            {
                NetworkStream near = client.GetStream();
                string[] head = (await HeadAsync(near)).Split("\r\n", 2);
                Uri url = await UrlAsync(head[0].Split(' ')[1]);
                await runtime.ConnectAsync(url.Host, url.Port, _stopping.Token);
                NetworkStream far = runtime.GetStream();
                await far.WriteAsync(
                    Encoding.ASCII.GetBytes($"GET {url.AbsolutePath} HTTP/1.1\r\n{head[1]}"), _stopping.Token);
                await await Task.WhenAny(
                    near.CopyToAsync(far, _stopping.Token), far.CopyToAsync(near, _stopping.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of the two is gone, and so the other one's connection ends.
            }
        }
    }

    /// <summary>To the empty line; a client says nothing more before it is answered.</summary>
    private async Task<string> HeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, _stopping.Token);
            if (count == 0)
                throw new IOException("the client asked for nothing");
            head.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return head.ToString();
    }

    private async Task<Uri> UrlAsync(string target)
    {
        string[] parts = target.Split('?', 2);
        string[] path = parts[0].Split('/'); // "", api, v1, namespaces, NAMESPACE, pods, POD, VERB
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(parts[1]);
        return new Uri(path[^1] switch
        {
            "exec" => (await _cri.Runtime.ExecAsync(
                new ExecRequest
                {
                    ContainerId = query["container"], Cmd = { query["command"].ToArray() },
                    Stdin = Asks("stdin"), Stdout = Asks("stdout"), Stderr = Asks("stderr"), Tty = Asks("tty"),
                },
                CriCalls.Options(cancellationToken: _stopping.Token))).Url,
            "attach" => (await _cri.Runtime.AttachAsync(
                new AttachRequest
                {
                    ContainerId = query["container"],
                    Stdin = Asks("stdin"), Stdout = Asks("stdout"), Stderr = Asks("stderr"), Tty = Asks("tty"),
                },
                CriCalls.Options(cancellationToken: _stopping.Token))).Url,
            _ => (await _cri.Runtime.PortForwardAsync(
                new PortForwardRequest { PodSandboxId = path[^2], Port = { query["ports"].Select(int.Parse!) } },
                CriCalls.Options(cancellationToken: _stopping.Token))).Url,
        });

        bool Asks(string stream) => query[stream] == "true";
    }
}
