namespace Crisp.Daemon.Hosting;

/// <summary>Where crisp-monitor is. Checked at the start: without it no container can be made.</summary>
internal static class MonitorProgram
{
    private const string Name = "crisp-monitor";

    public static string Find(string configured, ProgramSearch search)
    {
        if (configured.Length > 0)
        {
            return ProgramSearch.IsProgram(configured) ? configured : throw new StartException(
                ExitCodes.MonitorMissing, $"[crisp] monitor_path: {configured} is not a program");
        }
        var beside = Path.Combine(AppContext.BaseDirectory, Name);
        return new[] { beside, "/usr/libexec/crisp/" + Name }.FirstOrDefault(ProgramSearch.IsProgram)
            ?? search.Find(Name)
            ?? throw new StartException(
                ExitCodes.MonitorMissing,
                $"{Name} is not beside crisp ({beside}), not in /usr/libexec/crisp and not on PATH; set [crisp] monitor_path");
    }
}
