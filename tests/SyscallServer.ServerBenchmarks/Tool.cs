using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>Runs a program that must succeed, to its end.</summary>
internal static class Tool
{
    /// <returns>What it wrote to standard output.</returns>
    internal static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? await output
                : throw new BenchmarkException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}\n{await output}{await error}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Compiles a program of tests/Peers.</summary>
    /// <param name="source">The file, without the extension.</param>
    internal static Task CompileAsync(string source, string executable, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(executable)!);
        return RunAsync("gcc", ["-std=c11", "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-o", executable, Repository.Path("tests", "Peers", source + ".c")], cancellation);
    }

    /// <summary>Where a program is: on the path, or where Debian puts those of the administrator.</summary>
    internal static string Find(string program)
        => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin".Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists) ?? program;

    /// <summary>A port that nobody listens at now.</summary>
    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
