using Crisp.Linux;

namespace Crisp.Monitor;

/// <summary>
/// crisp-monitor. With no argument but the path of its socket, which ps then shows, it is one container's monitor, told
/// what to do over descriptor 3. `pause` makes it the init of a shared PID namespace. It does without the console,
/// thread pool, tasks and sockets of the class library: each costs more memory than all of this program.
/// </summary>
internal static class Program
{
    private const int UsageError = 2;

    private static int Main(string[] arguments)
    {
        if (arguments is [] or [['/', ..]])
            return MonitorProcess.Run(arguments);
        switch (arguments[0])
        {
            case "pause":
                return PauseProcess.Run(arguments);
            case "--version":
                Print($"crisp-monitor {typeof(Program).Assembly.GetName().Version?.ToString(3)}\n", StandardOutput);
                return 0;
            default:
                Print("usage: crisp-monitor [SOCKET | pause | --version]\n", StandardError);
                return UsageError;
        }
    }

    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private static void Print(string text, int descriptor)
    {
        using var stream = FileDescriptor.FromInherited(descriptor);
        stream.WriteAll(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
