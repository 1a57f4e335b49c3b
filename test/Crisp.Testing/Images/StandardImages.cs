namespace Crisp.Testing.Images;

/// <summary>The images that most tests use, made of the machine's static busybox.</summary>
public static class StandardImages
{
    private const string BusyboxPath = "/bin/busybox";

    private static readonly string[] Applets =
    [
        "sh", "ash", "cat", "echo", "sleep", "ls", "id", "env", "hostname", "mount", "ip", "ps", "kill", "true",
        "false",
        "head", "tail", "seq", "yes", "dd", "wc", "stat", "touch", "mkdir", "rm", "ln", "nc", "wget", "httpd", "trap",
        "readlink", "grep", "awk", "sed", "date", "test", "find", "df", "chmod", "chown", "setsid", "nproc", "tr",
        "mknod",
        "printf", "whoami", "umount", "pwd", "ping", "stty", "tty", "sha256sum", "tar", "gzip",
    ];

    private static readonly Lazy<LayerBlob> Base = new(MakeBase);

    /// <summary>
    /// A shell and its tools, users, and three layers on top of each other: the second adds, the third deletes a file
    /// and hides a directory of those below.
    /// </summary>
    public static TestImage Busybox { get; } = TestImage.Oci(
        new TestImageConfig
        {
            Env = ["PATH=/bin:/usr/bin", "FROM_IMAGE=yes", "OVERRIDDEN=by-image"],
            Cmd = ["sh"],
            Labels = new Dictionary<string, string> { ["org.example.purpose"] = "test" },
        },
        Base.Value,
        new TestLayer()
            .Directory("data").File("data/kept", "from layer 2\n").File("data/deleted", "from layer 2\n")
            .Directory("data/hidden").File("data/hidden/old", "from layer 2\n").Gzip(),
        new TestLayer()
            .Whiteout("data/deleted").Directory("data/hidden").Opaque("data/hidden")
            .File("data/hidden/new", "from layer 3\n").Plain());

    /// <summary>Says by itself what to run, where and as whom.</summary>
    public static TestImage WithEntrypoint { get; } = TestImage.DockerSchema2(
        new TestImageConfig
        {
            Entrypoint = ["/bin/echo", "entrypoint"],
            Cmd = ["cmd"],
            User = "app",
            WorkingDir = "/srv/app",
            StopSignal = "SIGUSR1",
        },
        Base.Value);

    public static LayerBlob BaseLayer => Base.Value;

    private static LayerBlob MakeBase()
    {
        TestLayer layer = new TestLayer()
            .Directory("bin").File("bin/busybox", File.ReadAllBytes(BusyboxPath), mode: 0x1ed)
            .Directory("etc")
            .File("etc/passwd",
                "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:app:/home/app:/bin/sh\nweb:x:33:33::/srv:/bin/sh\n")
            .File("etc/group", "root:x:0:\napp:x:1000:\nweb:x:33:\nextra:x:2000:app\nmore:x:2001:app,web\n")
            .Directory("home/app", uid: 1000, gid: 1000)
            .Directory("root", mode: 0x1c0)
            .Directory("tmp", mode: 0x3ff)
            .Directory("usr/bin").Directory("dev").Directory("proc").Directory("sys").Directory("srv");
        foreach (string applet in Applets)
            layer.HardLink($"bin/{applet}", "bin/busybox", mode: 0x1ed);
        return layer.Gzip();
    }
}
