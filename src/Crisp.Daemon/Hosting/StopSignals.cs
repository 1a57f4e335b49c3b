using System.Runtime.InteropServices;

namespace Crisp.Daemon.Hosting;

/// <summary>SIGTERM and SIGINT ask the daemon to end.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<string> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [Register(PosixSignal.SIGTERM, "SIGTERM"), Register(PosixSignal.SIGINT, "SIGINT")];

    /// <summary>Completes with the name of the first of them.</summary>
    public Task<string> Received => _received.Task;

    public void Dispose() => Array.ForEach(_registrations, r => r.Dispose());

    private PosixSignalRegistration Register(PosixSignal signal, string name) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            _received.TrySetResult(name);
        });
}
