using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crisp.OciSpec.Runtime;

namespace Crisp.OciSpec.Tests.Runtime;

public sealed class RuntimeSpecJsonTests
{
    /// <summary>One value for every member, spelled as the schema of the runtime specification spells it.</summary>
    private const string Complete = """
        {"ociVersion":"1.0.2","process":{"terminal":true,"consoleSize":{"height":24,"width":80},
        "user":{"uid":1,"gid":2,"umask":18,"additionalGids":[3]},"args":["sh"],"env":["A=b"],"cwd":"/",
        "capabilities":{"bounding":["CAP_A"],"effective":["CAP_B"],"inheritable":["CAP_C"],"permitted":["CAP_D"],"ambient":["CAP_E"]},
        "rlimits":[{"type":"RLIMIT_NOFILE","hard":18446744073709551615,"soft":1}],"noNewPrivileges":true,"apparmorProfile":"p",
        "oomScoreAdj":-999,"scheduler":{"policy":"SCHED_OTHER","nice":1,"priority":2,"flags":["F"],"runtime":3,"deadline":4,"period":5},
        "selinuxLabel":"l","ioPriority":{"class":"IOPRIO_CLASS_BE","priority":4},"execCPUAffinity":{"initial":"0","final":"1"}},
        "root":{"path":"rootfs","readonly":true},"hostname":"h","domainname":"d",
        "mounts":[{"destination":"/p","type":"bind","source":"/s","options":["ro"],
        "uidMappings":[{"containerID":0,"hostID":1,"size":2}],"gidMappings":[{"containerID":0,"hostID":1,"size":2}]}],
        "hooks":{"prestart":[{"path":"/a","args":["a"],"env":["E=1"],"timeout":5}],"createRuntime":[{"path":"/b"}],
        "createContainer":[{"path":"/c"}],"startContainer":[{"path":"/d"}],"poststart":[{"path":"/e"}],"poststop":[{"path":"/f"}]},
        "annotations":{"k":"<v>&"},
        "linux":{"uidMappings":[{"containerID":0,"hostID":1,"size":2}],"gidMappings":[{"containerID":0,"hostID":1,"size":2}],
        "sysctl":{"net.x":"1"},"resources":{"devices":[{"allow":false,"type":"c","major":1,"minor":3,"access":"rwm"}],
        "memory":{"limit":1,"reservation":2,"swap":3,"kernel":4,"kernelTCP":5,"swappiness":6,"disableOOMKiller":true,"useHierarchy":true,"checkBeforeUpdate":true},
        "cpu":{"shares":1,"quota":-1,"burst":2,"period":3,"realtimeRuntime":4,"realtimePeriod":5,"cpus":"0-1","mems":"0","idle":1},
        "pids":{"limit":10},"blockIO":{"weight":1,"leafWeight":2,"weightDevice":[{"major":8,"minor":0,"weight":3,"leafWeight":4}],
        "throttleReadBpsDevice":[{"major":8,"minor":0,"rate":1}],"throttleWriteBpsDevice":[{"major":8,"minor":0,"rate":2}],
        "throttleReadIOPSDevice":[{"major":8,"minor":0,"rate":3}],"throttleWriteIOPSDevice":[{"major":8,"minor":0,"rate":4}]},
        "hugepageLimits":[{"pageSize":"2MB","limit":9}],"network":{"classID":1,"priorities":[{"name":"eth0","priority":2}]},
        "rdma":{"mlx":{"hcaHandles":1,"hcaObjects":2}},"unified":{"memory.high":"1"}},
        "cgroupsPath":"/c","namespaces":[{"type":"network","path":"/n"}],
        "devices":[{"path":"/dev/x","type":"c","major":1,"minor":2,"fileMode":438,"uid":0,"gid":0}],"netDevices":{"eth1":{"name":"e"}},
        "seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,"architectures":["SCMP_ARCH_X86_64"],"flags":["F"],
        "listenerPath":"/l","listenerMetadata":"m","syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW","errnoRet":2,
        "args":[{"index":0,"value":1,"valueTwo":2,"op":"SCMP_CMP_EQ"}]}]},
        "rootfsPropagation":"rslave","maskedPaths":["/m"],"readonlyPaths":["/r"],"mountLabel":"ml",
        "intelRdt":{"closID":"c","schemata":["L3:0=f"],"l3CacheSchema":"l","memBwSchema":"m","enableMonitoring":true,"enableCMT":true,"enableMBM":true},
        "personality":{"domain":"LINUX","flags":["x"]},"timeOffsets":{"boottime":{"secs":1,"nanosecs":2}}}}
        """;

    [Test]
    public void Spec_EveryMember_RoundTrips()
    {
        var spec = JsonSerializer.Deserialize(Complete, RuntimeSpecJson.Default.Spec);
        var written = JsonSerializer.Serialize(spec!, RuntimeSpecJson.Default.Spec); // "!": the text is no null
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(Complete)), written);
        Assert.That(written, Does.Contain("<v>&"));
    }

    [Test]
    public void Spec_WhatIsNotSet_IsNotWritten()
    {
        var written = JsonSerializer.Serialize(new Spec { OciVersion = "1.0.0" }, RuntimeSpecJson.Default.Spec);
        Assert.That(written, Is.EqualTo("""{"ociVersion":"1.0.0"}"""));
    }

    [Test]
    public void State_OfCrun_IsRead()
    {
        var state = JsonSerializer.Deserialize(
            """{"ociVersion":"1.0.0","id":"x","pid":5,"status":"running","bundle":"/b","rootfs":"/r","created":"2026-01-01T00:00:00Z","owner":""}"""u8,
            RuntimeSpecJson.Default.State);
        Assert.That((state?.Id, state?.Pid, state?.Status), Is.EqualTo(("x", 5, "running")));
    }

    [Test]
    public void Indented_IsForPeople() =>
        Assert.That(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(
            new Spec { OciVersion = "1" }, RuntimeSpecJson.Indented.Spec)), Does.Contain("\n  \"ociVersion\""));
}
