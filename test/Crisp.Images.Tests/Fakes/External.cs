using System.Diagnostics;

namespace Crisp.Images.Tests.Fakes;

/// <summary>Runs a program of the machine with input and gives its output.</summary>
internal static class External
{
    public static byte[] Run(string program, string[] arguments, byte[]? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new InvalidOperationException(program);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {errors.GetAwaiter().GetResult()}");
        return output.ToArray();
    }
}
