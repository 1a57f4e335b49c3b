namespace Crisp.Node.Tests.Pods;

/// <summary>hostname, resolv.conf, hosts and the log directory of a pod.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodFilesTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Hostname_IsTheRequested_InTheKernelTheFileAndTheEnvironment()
    {
        var pod = await RunPodAsync(config => config.Hostname = "called-so");

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "hostname; cat /etc/hostname; echo $HOSTNAME"),
            Is.EqualTo("called-so\ncalled-so\ncalled-so"));
    }

    [Test]
    public async Task Hostname_OnTheNodesNetwork_IsTheNodes()
    {
        var pod = await RunPlainPodAsync(config => config.Hostname = "");

        Assert.That(await PrintedAsync(pod, "hostname"), Is.EqualTo(Environment.MachineName));
    }

    [Test]
    public async Task ResolvConf_HoldsTheRequestedServersSearchesAndOptions()
    {
        var pod = await RunPodAsync();

        var lines = (await PrintedAsync(pod, "cat", "/etc/resolv.conf")).Split('\n');

        Assert.That(lines, Does.Contain("nameserver 10.96.0.10"));
        Assert.That(lines, Does.Contain("search tests.svc.cluster.local svc.cluster.local cluster.local"));
        Assert.That(lines, Does.Contain("options ndots:5"));
    }

    [Test]
    public async Task ResolvConf_WithoutDnsConfiguration_IsTheNodes()
    {
        var pod = await RunPodAsync(config => config.DnsConfig = null);

        var expected = (await File.ReadAllTextAsync("/etc/resolv.conf")).TrimEnd('\n');
        Assert.That(await PrintedAsync(pod, "cat", "/etc/resolv.conf"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Hosts_ComesFromTheMountThatKubeletSends()
    {
        var pod = await RunPodAsync();
        var hosts = Path.Combine(Node.Directory, "etc-hosts");
        await File.WriteAllTextAsync(hosts, "# Kubernetes-managed hosts file.\n127.0.0.1 localhost\n");

        var printed = await PrintedAsync(pod, Container(pod, "cat", "/etc/hosts")
            .With(container => container.Mounts.Add(new Mount { ContainerPath = "/etc/hosts", HostPath = hosts })));

        Assert.That(printed, Does.StartWith("# Kubernetes-managed"));
    }

    /// <summary>
    /// CVE-2020-8557: nobody counts these files as the container's, so whoever fills them must fill nothing else.
    /// </summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Files_CanBeEdited_AndTakeNoMoreThanTheirOwnSpace(bool onNodeNetwork)
    {
        Pod pod = onNodeNetwork ? await RunPlainPodAsync() : await RunPodAsync();

        string printed = await PrintedAsync(pod, "sh", "-c", """
            cd /etc
            for file in resolv.conf hostname hosts; do
                echo "edited $file" >$file && cat $file
                dd if=/dev/zero bs=1k count=10000 2>&1 >>$file | grep -o 'No space left on device'
                head -n 1 $file >/made && cat /made >$file && cat $file
            done
            """);

        Assert.That(printed.Split('\n'), Is.EqualTo(((string[])["resolv.conf", "hostname", "hosts"]).SelectMany(
            file => (string[])[$"edited {file}", "No space left on device", $"edited {file}"])));
    }

    [Test]
    public async Task Files_EditedInAContainer_AreTheNextOnes_AlsoAfterARestart()
    {
        Pod pod = await RunPodAsync();
        await PrintedAsync(pod, "sh", "-c", "echo nameserver 192.0.2.1 >/etc/resolv.conf");

        await Node.RestartDaemonAsync();

        Assert.That(await PrintedAsync(pod, "cat", "/etc/resolv.conf"), Is.EqualTo("nameserver 192.0.2.1"));
    }

    [Test]
    public async Task Files_OfAPodThatAnEarlierCrispHasMade_AreBesideItsRecords()
    {
        Pod pod = await RunPodAsync(config => config.Hostname = "earlier");
        string mounted = Path.Combine(Node.RunRoot, "pods", pod.Id, "files");
        await Node.StopDaemonAsync();
        foreach (string file in Directory.GetFiles(mounted))
            File.Copy(file, Path.Combine(Node.StateRoot, "pods", pod.Id, Path.GetFileName(file)));
        await Command.OutputAsync("umount", mounted);
        Directory.Delete(mounted);
        await Node.StartDaemonAsync();

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "cat /etc/hostname; cut -f 2 /etc/hosts | tail -n 1"),
            Is.EqualTo("earlier\nearlier"));
    }

    [Test]
    public async Task LogDirectory_IsMadeForOwnerAndReaders()
    {
        var pod = await RunPlainPodAsync();

        Assert.That((int)File.GetUnixFileMode(pod.Config.LogDirectory), Is.EqualTo(0x1ed /* 0755 */));
    }

    [Test]
    public async Task SharedMemory_IsSharedInThePod_AndNotBeyond()
    {
        var pod = await RunPodAsync();
        var other = await RunPodAsync();
        await RunAsync(pod, ContainerRequest.Named(
            pod.Config, "writer", Busybox, "sh", "-c", "echo shared >/dev/shm/note; sleep 1000"));

        await Eventually.GetAsync(
            "the second container sees the note", () => PrintedAsync(pod, "sh", "-c", "cat /dev/shm/note || true"),
            text => text == "shared");
        Assert.That(await PrintedAsync(other, "ls", "/dev/shm"), Is.Empty);
    }
}
