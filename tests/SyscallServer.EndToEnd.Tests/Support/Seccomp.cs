using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.Internal.Contract;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Runs freestanding programs with the system calls that their seccomp profile has, and no other: one would be their end (SIGSYS).</summary>
internal static class Seccomp
{
    /// <summary>What is not in the table of the engine: calls of the start code, of the kernel, and of the launcher.</summary>
    private static readonly Dictionary<string, int> Others = new() { ["mprotect"] = 10, ["execve"] = 59, ["sigaltstack"] = 131, ["restart_syscall"] = 219, ["exit_group"] = 231 };

    /// <summary>Whether all freestanding servers for x86-64 are to be run so.</summary>
    internal static bool IsForAll => Environment.GetEnvironmentVariable("SECCOMP_TESTS") == "all";

    /// <summary>What is to be written before the path of a program.</summary>
    internal static async Task<string[]> ToolAsync(string executable)
        => [await Programs.PeerAsync("confine"), .. Calls(executable).Append("execve").Select(call => Number(call).ToString(CultureInfo.InvariantCulture)), "--"];

    /// <summary>The calls of the server itself, without what a container runtime needs.</summary>
    internal static IReadOnlyList<string> Calls(string executable)
    {
        using var profile = JsonDocument.Parse(File.ReadAllText(executable + ".seccomp.json"));
        return [.. profile.RootElement.GetProperty("syscalls")[0].GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
    }

    private static int Number(string call) => Others.TryGetValue(call, out int number) ? number : SystemCalls.Named(call).X64;
}
