using System.Diagnostics;
using System.Text;

namespace Crisp.Testing;

/// <summary>A program that a test talks with while it runs, by pipes; killed if the test leaves it behind.</summary>
public sealed class RunningCommand : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _seen = new();
    private readonly Task<string> _errors;

    private RunningCommand(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>To be read by this or by <see cref="ReadUntilAsync"/>, not by both.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>All that <see cref="ReadUntilAsync"/> has read.</summary>
    public string Seen => _seen.ToString();

    public static RunningCommand Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new RunningCommand(Process.Start(start)!);
    }

    public async Task TypeAsync(string text, CancellationToken cancellationToken)
    {
        await Input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await Input.FlushAsync(cancellationToken);
    }

    /// <summary>Reads until the text has come since the last call.</summary>
    public async Task ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        var from = _seen.Length;
        var buffer = new byte[4096];
        while (!_seen.ToString(from, _seen.Length - from).Contains(text, StringComparison.Ordinal))
        {
            var count = await Output.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                throw new EndOfStreamException($"it ended before \"{text}\": {_seen} {await _errors}");
            _seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    /// <summary>Its exit code, and what it wrote to stderr.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
