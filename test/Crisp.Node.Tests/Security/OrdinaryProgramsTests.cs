using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Node.Tests.Security;

/// <summary>
/// Programs that people run in containers, under the default seccomp profile: this machine's own, seen through mounts
/// of its /usr, so that no large image has to be made.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class OrdinaryProgramsTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string[] Borrowed = ["/usr", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache"];

    private const string Python = """
        import asyncio, ctypes, mmap, multiprocessing, os, signal, socket, sqlite3, subprocess, tempfile, threading
        def square(x): return x * x
        if __name__ == "__main__":
            with multiprocessing.Pool(2) as pool: assert pool.map(square, [1, 2, 3]) == [1, 4, 9]
            threads = [threading.Thread(target=square, args=(i,)) for i in range(8)]
            [t.start() for t in threads]; [t.join() for t in threads]
            assert subprocess.run(["/bin/sh", "-c", "exit 7"]).returncode == 7
            db = sqlite3.connect(tempfile.mktemp()); db.execute("create table t(a)"); db.commit()
            async def serve():
                server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                await reader.read(); writer.close(); server.close()
            asyncio.run(serve())
            a, b = socket.socketpair(socket.AF_UNIX); a.send(b"x"); assert b.recv(1) == b"x"
            mmap.mmap(-1, 4096).write(b"x"); os.sched_getaffinity(0); os.getrandom(8); os.memfd_create("x")
            signal.alarm(0); os.statvfs("/"); os.getxattr
            print("python runs")
        """;

    private const string Node16 = """
        const fs = require('fs'), cp = require('child_process'), http = require('http'), { Worker } = require('worker_threads');
        fs.writeFileSync('/tmp/n', 'x'); fs.watch('/tmp').close();
        if (cp.spawnSync('/bin/sh', ['-c', 'exit 7']).status !== 7) process.exit(1);
        new Worker("require('worker_threads').parentPort.postMessage(1)", { eval: true }).on('message', () => {
          const server = http.createServer((q, a) => a.end('node runs')).listen(0, '127.0.0.1', () =>
            http.get({ port: server.address().port, host: '127.0.0.1' }, a => a.on('data', d => { console.log(String(d)); server.close(); })));
        });
        """;

    private const string Apt = """
        set -e
        mkdir -p /tmp/p/DEBIAN /tmp/p/usr /tmp/r /tmp/s/lists/partial /tmp/c/archives/partial /tmp/e
        printf 'Package: crisp-probe\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: x\n' >/tmp/p/DEBIAN/control
        dpkg-deb --root-owner-group --build /tmp/p /tmp/r/crisp-probe_1_all.deb >/dev/null
        { cat /tmp/p/DEBIAN/control; printf 'Filename: ./crisp-probe_1_all.deb\nSize: %s\nSHA256: %s\n\n' \
            "$(stat -c %s /tmp/r/crisp-probe_1_all.deb)" "$(sha256sum /tmp/r/crisp-probe_1_all.deb | cut -d' ' -f1)"; } >/tmp/r/Packages
        echo 'deb [trusted=yes] file:/tmp/r ./' >/tmp/e/sources.list
        touch /tmp/s/status
        options="-qq -o Dir::State=/tmp/s -o Dir::State::status=/tmp/s/status -o Dir::Cache=/tmp/c -o Dir::Etc=/tmp/e -o APT::Sandbox::User=root"
        apt-get $options update
        cd /tmp/c
        apt-get $options download crisp-probe
        dpkg-deb --extract crisp-probe_1_all.deb /tmp/x
        echo apt runs
        """;

    private const string Compiler = """
        set -e
        printf '#include <pthread.h>\n#include <stdio.h>\nvoid *f(void *p) { return p; }\nint main(void) { pthread_t t; void *r; return pthread_create(&t, 0, f, &t) || pthread_join(t, &r) || puts("gcc runs") < 0; }\n' >/tmp/a.c
        gcc -pthread -o /tmp/a /tmp/a.c
        /tmp/a
        """;

    private static readonly TestCaseData[] Programs =
    [
        Case("python", "python runs", "sh", "-c", $"cat >/tmp/t.py <<'END'\n{Python}\nEND\npython3 /tmp/t.py"),
        Case("node", "node runs", "node", "-e", Node16),
        Case("apt and dpkg", "apt runs", "sh", "-c", Apt),
        Case("gcc and threads", "gcc runs", "sh", "-c", Compiler),
        Case("perl", "perl runs",
            "perl", "-e", "pipe(R, W); if (fork == 0) { print W \"perl runs\"; exit } close W; wait; print <R>"),
        Case(
            "tar and gzip", "usr", "sh", "-c",
            "mkdir -p /tmp/t/usr && tar -czf /tmp/t.tgz -C /tmp/t --xattrs --numeric-owner usr && tar -xzf /tmp/t.tgz -C /tmp && ls -d /tmp/usr | cut -d/ -f3"),
        Case("strace, which traces", "exited with 7", "sh", "-c",
            "strace -f -o /tmp/trace sh -c 'true | true; exit 7'; tail -n 1 /tmp/trace | grep -o 'exited with 7'"),
    ];

    [TestCaseSource(nameof(Programs))]
    public async Task Program_Runs(string expected, string[] command)
    {
        var pod = await RunPodAsync(); // lo of its own, for the servers among them
        var container = Container(pod, command).With(config =>
        {
            config.Mounts.Add(Borrowed.Where(Path.Exists)
                .Select(path => new Mount { HostPath = path, ContainerPath = path, Readonly = true }));
            config.Envs.Add(ContainerRequest.Env("PATH", "/usr/bin:/usr/sbin:/bin"));
            config.Linux.Resources.MemoryLimitInBytes = 512 << 20;
            config.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = ProfileType.RuntimeDefault };
        });

        Assert.That(await PrintedAsync(pod, container), Does.Contain(expected));
    }

    /// <summary>
    /// The filter knows the 32-bit calls of a 64-bit machine (these tests run on x86); otherwise it would kill who
    /// makes them.
    /// </summary>
    [Test]
    public async Task Program_Of32Bits_Runs()
    {
        var directory = Directory.CreateDirectory(Path.Combine(Node.Directory, "i386")).FullName;
        var source = Path.Combine(directory, "hello.s");
        await File.WriteAllTextAsync(source, """
            .globl _start
            _start: movl $4, %eax; movl $1, %ebx; movl $text, %ecx; movl $13, %edx; int $0x80
                    movl $1, %eax; xorl %ebx, %ebx; int $0x80
            text:   .ascii "32 bits run.\n"

            """);
        await Command.OutputAsync("as", "--32", "-o", Path.Combine(directory, "hello.o"), source);
        await Command.OutputAsync(
            "ld", "-m", "elf_i386", "-o", Path.Combine(directory, "hello"), Path.Combine(directory, "hello.o"));
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "/hello").With(config =>
        {
            config.Mounts.Add(
                new Mount { HostPath = Path.Combine(directory, "hello"), ContainerPath = "/hello", Readonly = true });
            config.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = ProfileType.RuntimeDefault };
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("32 bits run."));
    }

    private static TestCaseData Case(string name, string expected, params string[] command) =>
        new TestCaseData(expected, command).SetArgDisplayNames(name);
}
