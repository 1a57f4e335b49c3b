using System.Text.Json;
using Crisp.Daemon.Configuration;

namespace Crisp.Daemon.Tests.Configuration;

public sealed class ConfigurationJsonTests
{
    [Test]
    public void Json_HoldsEveryKeyAndTheSandboxImage()
    {
        var configuration = new CrispConfiguration
        {
            Runtime = new RuntimeSettings { DefaultEnv = ["A=\"\n\x7f"] },
            Handlers = new Dictionary<string, HandlerSettings> { ["crun"] = new() },
        };
        using var json = JsonDocument.Parse(ConfigurationJson.Render(configuration));
        Assert.That(json.RootElement.GetProperty("sandboxImage").GetString(), Is.Empty);
        var crio = json.RootElement.GetProperty("crio");
        Assert.That(
            crio.GetProperty("crio.runtime").GetProperty("default_env")[0].GetString(), Is.EqualTo("A=\"\n\x7f"));
        Assert.That(crio.GetProperty("crio.runtime").GetProperty("ctr_stop_timeout").GetInt64(), Is.EqualTo(30));
        Assert.That(crio.GetProperty("crio.runtime.runtimes")
            .GetProperty("crun").GetProperty("runtime_type").GetString(), Is.EqualTo("oci"));
    }
}
