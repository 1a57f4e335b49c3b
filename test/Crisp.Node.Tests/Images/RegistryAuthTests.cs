using Crisp.Testing.Images;
using Crisp.Testing.Registries;

namespace Crisp.Node.Tests.Images;

/// <summary>A registry that wants a name and a password.</summary>
[TestFixture("crun")]
public class RegistryAuthTests(string runtime) : NodeFixture(runtime)
{
    private TestRegistry _registry = null!;
    private string _image = "";

    protected override NodeOptions Options => base.Options with
    {
        InsecureRegistries = [NodeRun.Registry.Address, _registry.Address],
    };

    protected override async Task PrepareAsync()
    {
        _registry = await TestRegistry.StartAsync($"{NodeRun.Slot.Directory}/private-registry", authenticated: true);
        _image = await _registry.Client.PushAsync(StandardImages.WithEntrypoint, "private/image", "1");
    }

    [OneTimeTearDown]
    public async Task StopRegistryAsync() => await _registry.DisposeAsync();

    [Test]
    public async Task RightPassword_Pulls() =>
        Assert.That(
            await PullAsync(new AuthConfig { Username = TestRegistry.UserName, Password = TestRegistry.Password }),
            Is.EqualTo(StandardImages.WithEntrypoint.Id));

    [Test]
    public async Task EncodedCredentials_Pull() =>
        Assert.That(
            await PullAsync(new AuthConfig
            {
                Auth = Convert.ToBase64String(
                    System.Text.Encoding.ASCII.GetBytes($"{TestRegistry.UserName}:{TestRegistry.Password}")),
            }),
            Is.EqualTo(StandardImages.WithEntrypoint.Id));

    [Test]
    public async Task WrongPassword_IsSaid()
    {
        var refusal = await Refused.ExpectAsync(
            () => PullAsync(new AuthConfig { Username = TestRegistry.UserName, Password = "wrong" }));

        Assert.That(refusal.Status.Detail, Does.Contain("401").Or.Contain("unauthorized").IgnoreCase);
        Assert.That(refusal.Status.Detail, Does.Not.Contain("wrong"), "no password in a message");
    }

    [Test]
    public async Task NoPassword_IsSaid()
    {
        var refusal = await Refused.ExpectAsync(() => PullAsync(null));

        Assert.That(refusal.Status.Detail, Does.Contain("credentials"));
    }

    private async Task<string> PullAsync(AuthConfig? auth)
    {
        await Cri.RemoveImageAsync(_image);
        return (await Cri.Images.PullImageAsync(
            new PullImageRequest { Image = new ImageSpec { Image = _image }, Auth = auth }, CriCalls.Options()))
                .ImageRef;
    }
}
