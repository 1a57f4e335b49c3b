namespace Crisp.Ctl.Verbs;

/// <summary>The time that a verb's own option gives a call, besides --timeout.</summary>
internal static class Patience
{
    internal static CancellationTokenSource Of(Invocation call, string flag, CancellationToken ct)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (call.Flags.Duration(flag) is var time && time > TimeSpan.Zero) patience.CancelAfter(time);
        return patience;
    }
}
