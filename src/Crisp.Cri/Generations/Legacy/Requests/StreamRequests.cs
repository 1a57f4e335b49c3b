using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// Exec and Attach. Before 1.8 nobody could say which streams are wanted: output always is, and stderr where there is
/// no terminal. An attach had the container's terminal, which 1.5 does not repeat.
/// </summary>
internal static class StreamRequests
{
    public static ExecRequest Exec(LegacyRequest request)
    {
        var exec = request.Parse(
            ExecRequest.Parser, request.Has(5) || request.Has(6) ? LegacyLayout.Kubernetes18 : null);
        if (request.Layout < LegacyLayout.Kubernetes18)
            (exec.Stdout, exec.Stderr) = (true, !exec.Tty);
        return exec;
    }

    /// <param name="request">A container's ID at 1, the wish for stdin at 2.</param>
    /// <param name="hasTerminal">Of a container by ID.</param>
    public static AttachRequest Attach(LegacyRequest request, Func<string, bool> hasTerminal)
    {
        var attach = request.Parse(AttachRequest.Parser, AttachLayout(request));
        if (request.Layout >= LegacyLayout.Kubernetes18)
            return attach;
        attach.Tty |= hasTerminal(attach.ContainerId);
        (attach.Stdout, attach.Stderr) = (true, !attach.Tty);
        return attach;
    }

    private static LegacyLayout? AttachLayout(LegacyRequest request) =>
        request.Has(4) || request.Has(5) ? LegacyLayout.Kubernetes18
        : request.Has(3) ? LegacyLayout.Kubernetes16
        : null;
}
