namespace Crisp.Node.Tests.Streaming;

/// <summary>One thing that a client of a runtime's streams relies on, and that holds for every runtime.</summary>
public sealed record StreamCase(string Name, Func<StreamTarget, CancellationToken, Task> RunAsync)
{
    public static IEnumerable<StreamCase> All =>
        [.. ExecCases.All, .. AttachCases.All,
            .. PortForwardCases.All, .. RefusalCases.All, .. CrispctlCases.All, .. JavaScriptCases.All];

    public override string ToString() => Name;
}
