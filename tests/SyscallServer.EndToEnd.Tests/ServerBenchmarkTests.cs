using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The benchmark of docs/benchmarks.md, for a moment: that it works, not how fast anything is.</summary>
[Collection(Alone.Name)]
public class ServerBenchmarkTests
{
    [Fact]
    public async Task The_benchmark_of_servers_has_a_figure_for_each_and_leaves_no_process()
    {
        string file = Path.GetTempFileName();
        try
        {
            await Command.OutputOfAsync(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "SyscallServer.ServerBenchmarks.dll"),
                    "--rounds", "1", "--seconds", "1", "--servers", "fork,floor", "--workloads", "keep-alive-64,connections", "--output", file,
                ]);
            string[] report = await File.ReadAllLinesAsync(file);

            // CPU time, requests per second and bytes.
            double[][] own = Rows(report, "SyscallServer, Fork, Freestanding");
            double[][] floor = Rows(report, "epoll in C, which answers without parsing");
            Assert.Equal([2, 2, 4], own.Select(row => row.Length));
            Assert.Equal([2, 2, 4], floor.Select(row => row.Length));
            Assert.All(own.Concat(floor).SelectMany(row => row), figure => Assert.True(figure >= 0)); // CPU time is counted in hundredths of a second, and may be none
            Assert.All(new[] { own[2], floor[2] }, row => Assert.True(row[^1] > 0));
            Assert.True(own[2][^1] == floor[2][^1], "The floor of tests/Peers/floor.c sends another response than tests/Servers/Bench.");
        }
        finally
        {
            File.Delete(file);
        }

        Assert.DoesNotContain(Executables(), executable => executable.StartsWith(Repository.Path("artifacts", "benchmarks"), StringComparison.Ordinal));
    }

    /// <summary>The figures behind a server's name, of each table.</summary>
    private static double[][] Rows(string[] report, string server)
        => [.. report.Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells[0] == server)
            .Select(cells => cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>What runs on this machine, as far as it may be seen.</summary>
    private static IEnumerable<string> Executables()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string? executable = null;
            try
            {
                executable = new FileInfo(Path.Combine(process, "exe")).LinkTarget;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is somebody else's.
            }

            if (executable is not null)
            {
                yield return executable;
            }
        }
    }
}
