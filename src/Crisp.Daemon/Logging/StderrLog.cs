using System.Text;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Logging;

/// <summary>
/// The log of the daemon: lines on stderr, where systemd's journal takes them. Small on purpose; the console provider
/// of the framework brings a thread, a queue and options that nobody here asks for.
/// </summary>
internal sealed class StderrLog(Stream stderr, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new StderrLogger(this);

    public void Dispose() => stderr.Flush();

    public void Write(
        LogLevel level, string message, IEnumerable<KeyValuePair<string, object?>>? values, Exception? error)
    {
        var line = Encoding.UTF8.GetBytes(LogLine.Format(time.GetUtcNow(), level, message, values, error));
        lock (_gate)
        {
            try
            {
                stderr.Write(line);
            }
            catch (IOException)
            {
                // Nobody reads the log any more, or the disk is full: containers matter more.
            }
        }
    }
}
