namespace Crisp.Pods.Stats;

/// <summary>
/// One line of a pressure file: percentages of the last 10, 60 and 300 seconds, and microseconds altogether.
/// </summary>
public sealed record PressureLine(double Avg10, double Avg60, double Avg300, ulong TotalMicros);
