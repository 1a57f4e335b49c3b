using System.Text;
using Crisp.Errors;
using Crisp.Images.Registry;
using Crisp.Images.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace Crisp.Images.Tests.Registry;

public sealed class AuthorizationTests : StoreFixture
{
    private static readonly RegistryCredentials s_right = new() { Username = "me", Password = "secret" };
    private static readonly RegistryCredentials s_wrong = new() { Username = "me", Password = "wrong" };

    private readonly List<string> _tokenRequests = [];

    [SetUp]
    public void Push()
    {
        _tokenRequests.Clear();
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "v1");
    }

    [Test]
    public async Task Basic_RightPassword_Pulls()
    {
        Registry.Intercept = context => Task.FromResult(Refuse(context, Basic("me:secret"), "Basic realm=\"x\""));
        await PullAsync("app:v1", s_right);
        await PullAsync("app:v1", new RegistryCredentials { Auth = Convert.ToBase64String("me:secret"u8) });
    }

    [Test]
    public void Basic_WrongPassword_SaysSo()
    {
        Registry.Intercept = context => Task.FromResult(Refuse(context, Basic("me:secret"), "Basic realm=\"x\""));
        var error = Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1", s_wrong));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.PermissionDenied));
        Assert.That(error?.Message, Does.Contain("refused the credentials of user \"me\"").And.Not.Contain("wrong"));
    }

    [Test]
    public void Basic_WithoutCredentials_SaysTheyAreNeeded()
    {
        Registry.Intercept = context => Task.FromResult(Refuse(context, Basic("me:secret"), "Basic realm=\"x\""));
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message,
            Does.Contain("credentials are needed"));
    }

    [Test]
    public async Task Bearer_AnonymousToken_Pulls()
    {
        Registry.Intercept = BearerAsync(_ => "good");
        await PullAsync("app:v1");
        Assert.That(_tokenRequests.Single(), Is.EqualTo("GET ?service=reg&scope=repository%3Aapp%3Apull auth="));
    }

    [Test]
    public async Task Bearer_Password_GoesToTheTokenServer()
    {
        Registry.Intercept = BearerAsync(
            context => context.Request.Headers.Authorization == Basic("me:secret") ? "good" : null);
        await PullAsync("app:v1", s_right);
        Assert.That(_tokenRequests.Single(), Does.Contain("account=me"));
    }

    [Test]
    public void Bearer_WrongPassword_NeverBecomesAnonymous()
    {
        Registry.Intercept = BearerAsync(context =>
            context.Request.Headers.Authorization.Count == 0
                || context.Request.Headers.Authorization == Basic("me:secret") ? "good" : null);
        var error = Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1", s_wrong));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.PermissionDenied));
        Assert.That(_tokenRequests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Bearer_IdentityToken_IsPosted()
    {
        Registry.Intercept = BearerAsync(context =>
            context.Request.Method == "POST" && context.Request.Form["refresh_token"] == "refresh"
                && context.Request.Form["grant_type"] == "refresh_token"
                ? "good" : null);
        await PullAsync("app:v1", new RegistryCredentials { IdentityToken = "refresh" });
    }

    [Test]
    public async Task RegistryToken_IsSentAsItIs()
    {
        Registry.Intercept = BearerAsync(_ => null);
        await PullAsync("app:v1", new RegistryCredentials { RegistryToken = "good" });
        Assert.That(Assert.ThrowsAsync<RegistryException>(
            () => PullAsync("app:v1", new RegistryCredentials { RegistryToken = "bad" }))?.Message,
            Does.Contain("refused the registry token"));
        Assert.That(_tokenRequests, Is.Empty);
    }

    [Test]
    public void Bearer_RealmThatIsNoUrl_IsRefused(
        [Values("file:///etc/passwd", "//x", "http://a:b@host/")] string realm)
    {
        Registry.Intercept = context => Task.FromResult(Refuse(context, "never", $"Bearer realm=\"{realm}\""));
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1", s_right))?.Message,
            Does.Contain("not to be trusted"));
    }

    [Test]
    public void Credentials_OfAnotherRegistry_AreNotSent()
    {
        var error = Assert.ThrowsAsync<CrispException>(
            () => PullAsync("app:v1", s_right with { ServerAddress = "https://elsewhere.example/v1/" }));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.InvalidArgument));
        Assert.That(Registry.Requests, Is.Empty);
    }

    [Test]
    public async Task Redirect_ToAnotherHost_DropsCredentials()
    {
        await using var other = await RegistryDouble.StartAsync();
        List<string> seen = [];
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(other, "app", "v1");
        other.Intercept = context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString());
            return Task.FromResult(false);
        };
        Registry.Intercept = context =>
        {
            if (Refuse(context, Basic("me:secret"), "Basic realm=\"x\"")) return Task.FromResult(true);
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
                return Task.FromResult(false); // "!": always set
            context.Response.Redirect($"http://{other.Host}{context.Request.Path}");
            return Task.FromResult(true);
        };
        await PullAsync("app:v1", s_right);
        Assert.That(seen, Has.Count.EqualTo(2).And.All.Empty);
    }

    [Test]
    public void Redirect_InCircles_Ends()
    {
        Registry.Intercept = context =>
        {
            context.Response.Redirect(context.Request.Path);
            return Task.FromResult(true);
        };
        Assert.That(
            Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message, Does.Contain("redirects"));
    }

    [Test]
    public async Task Token_ThatExpires_IsRenewed()
    {
        var token = "first";
        Registry.Intercept = BearerAsync(_ => token, () => token);
        var image = TestImage.Of([.. Enumerable.Range(0, 3).Select(i => TarBuilder.Of(($"f{i}", "x")))]);
        image.PushTo(Registry, "app", "v2");
        var inner = Registry.Intercept;
        Registry.Intercept = context =>
        {
            if (context.Request.Path.Value?.Contains(
                image.Layers[0].Descriptor.Digest.Hex, StringComparison.Ordinal) is true) token = "second";
            return inner(context);
        };
        await PullAsync("app:v2");
        Assert.That(_tokenRequests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Challenge_WithSeveralSchemes_IsParsed()
    {
        var challenges = AuthChallenge.Parse(
            ["Basic realm=\"a, b\", Bearer realm=\"https://x/t?a=b\",service=\"s\\\"q\",scope=\"r:a:pull r:b:pull\""]);
        Assert.That(challenges.Select(challenge => challenge.Scheme), Is.EqualTo((string[])["Basic", "Bearer"]));
        Assert.That(challenges[0].Parameter("realm"), Is.EqualTo("a, b"));
        Assert.That(challenges[1].Parameter("Service"), Is.EqualTo("s\"q"));
        Assert.That(challenges[1].Parameter("scope"), Is.EqualTo("r:a:pull r:b:pull"));
    }

    [TestCase("")]
    [TestCase(",,,=")]
    [TestCase("Bearer realm=\"open")]
    [TestCase("Bearer realm==,=\"")]
    public void Challenge_Malformed_DoesNotThrow(string header) =>
        Assert.DoesNotThrow(() => AuthChallenge.Parse([header]));

    private Func<HttpContext, Task<bool>> BearerAsync(Func<HttpContext, string?> issue, Func<string>? current = null) =>
        context =>
    {
        if (context.Request.Path == "/token")
        {
            _tokenRequests.Add(
                $"{context.Request.Method} {context.Request.QueryString} auth={context.Request.Headers.Authorization}");
            if (issue(context) is not { } token)
            {
                context.Response.StatusCode = 401;
                return Task.FromResult(true);
            }
            return context.Response.WriteAsync($$"""{"token":"{{token}}"}""").ContinueWith(_ => true);
        }
        return Task.FromResult(Refuse(
            context, $"Bearer {current?.Invoke() ?? "good"}",
            $"Bearer realm=\"http://{Registry.Host}/token\",service=\"reg\",scope=\"repository:app:pull\""));
    };

    private static bool Refuse(HttpContext context, string wanted, string challenge)
    {
        if (context.Request.Headers.Authorization == wanted) return false;
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = challenge;
        return true;
    }

    private static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
