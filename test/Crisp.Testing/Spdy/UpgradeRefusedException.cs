namespace Crisp.Testing.Spdy;

public sealed class UpgradeRefusedException(UpgradeAnswer answer) : Exception($"no upgrade: {answer}")
{
    public UpgradeAnswer Answer => answer;
}
