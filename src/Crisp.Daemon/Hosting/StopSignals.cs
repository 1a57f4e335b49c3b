using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Hosting;

/// <summary>SIGTERM and SIGINT ask the daemon to end; SIGHUP, which would end it by default, does not.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<string> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(ILogger log)
    {
        _registrations =
        [
            Register(PosixSignal.SIGTERM, "SIGTERM"),
            Register(PosixSignal.SIGINT, "SIGINT"),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                log.NoReload("SIGHUP");
            }),
        ];
    }

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
