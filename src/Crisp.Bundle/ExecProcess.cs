using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// The process of an exec: the container's own (user, groups, environment, capabilities, working directory), with
/// another command. Numeric IDs only: `exec -u` of crun has read numbers as root (CVE-2026-30892).
/// </summary>
public static class ExecProcess
{
    /// <param name="container">The process of the container's config.json.</param>
    /// <param name="command">ExecSyncRequest.cmd or ExecRequest.cmd.</param>
    /// <param name="terminal">Whether it gets a terminal.</param>
    public static Oci.Process Build(Oci.Process container, IReadOnlyList<string> command, bool terminal)
    {
        if (command.Count == 0 || command[0].Length == 0)
            throw CrispException.InvalidArgument("cmd", "is empty");
        foreach (var arg in command)
            TextRules.Bounded("cmd", arg, Limits.ArgumentBytes);
        var env = container.Env;
        if (terminal && env?.Any(variable => variable.StartsWith("TERM=", StringComparison.Ordinal)) != true)
            env = [.. env ?? [], "TERM=xterm"];
        return container with { Args = command, Env = env, Terminal = terminal };
    }
}
