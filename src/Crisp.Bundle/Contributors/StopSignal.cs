using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>The signal that asks the container to stop: the request's, else the image's, else SIGTERM.</summary>
internal static class StopSignal
{
    private const string Default = "SIGTERM";
    private const int HighestNumber = 64;

    public static string Choose(Cri.ContainerConfig container, OciSpec.Image.ImageConfig image)
    {
        if (container.StopSignal != Cri.Signal.RuntimeDefault)
            return Name(container.StopSignal);
        var fromImage = image.Config?.StopSignal ?? "";
        return fromImage.Length == 0 ? Default : Parse(fromImage);
    }

    private static string Parse(string text)
    {
        if (int.TryParse(text, out var number))
        {
            return number is >= 1 and <= HighestNumber
                ? number.ToString()
                : throw CrispException.InvalidArgument("the image's stop signal", $"{text} is not a signal");
        }

        var upper = text.ToUpperInvariant();
        var full = upper.StartsWith("SIG", StringComparison.Ordinal) ? upper : $"SIG{upper}";
        return Enum.GetValues<Cri.Signal>().Skip(1).Any(signal => Name(signal) == full)
            ? full
            : throw CrispException.InvalidArgument("the image's stop signal", $"\"{text}\" is not a signal");
    }

    /// <summary>"SIGRTMIN+3" from SIGNAL_SIGRTMINPLUS3, as kill -l spells it.</summary>
    private static string Name(Cri.Signal signal) =>
        signal.ToString().ToUpperInvariant()
            .Replace("RTMINPLUS", "RTMIN+", StringComparison.Ordinal)
            .Replace("RTMAXMINUS", "RTMAX-", StringComparison.Ordinal);
}
