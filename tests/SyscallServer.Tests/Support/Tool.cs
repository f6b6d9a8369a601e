using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>Runs a program of the machine (as, gcc) and asserts that it succeeds.</summary>
internal static class Tool
{
    /// <summary>What the names of compilers and of binutils for arm64 begin with (Debian: gcc-aarch64-linux-gnu, binutils-aarch64-linux-gnu).</summary>
    internal const string Arm64 = "aarch64-linux-gnu-";

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{await output}{await error}");
        return await output;
    }
}
