namespace Crisp.Node.Tests.Cni;

/// <summary>
/// Tests that put a plugin of their own in the network's place; it is the node's own again after each.
/// </summary>
public abstract class CniDoubleFixture(string runtime) : NodeFixture(runtime)
{
    [TearDown]
    public async Task RestoreNetworkAsync()
    {
        await Node.RemoveAllPodsAsync();
        Node.Network.Remove();
        await NetworkReadyAsync(false);
        await Node.Network.ConfigureAsync();
        await NetworkReadyAsync(true);
    }

    /// <summary>Goes by way of no network at all, since the status shows that.</summary>
    protected async Task UseDoubleAsync(string script)
    {
        Node.Network.Remove();
        await NetworkReadyAsync(false);
        await Node.Network.UseDoubleAsync(script);
        await NetworkReadyAsync(true);
    }

    protected Task<RuntimeCondition> NetworkReadyAsync(bool ready) => Eventually.GetAsync(
        $"NetworkReady is {ready}",
        async () => (await Cri.Runtime.StatusAsync(new StatusRequest(), CriCalls.Options()))
            .Status.Conditions.Single(c => c.Type == "NetworkReady"),
        condition => condition.Status == ready);
}
