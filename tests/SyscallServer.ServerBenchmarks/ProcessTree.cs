using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SyscallServer.ServerBenchmarks;

/// <summary>A process and those that come from it, as proc(5) has them. Processes that end meanwhile are passed over.</summary>
internal static class ProcessTree
{
    private const long MillisecondsPerTick = 10; // sysconf(_SC_CLK_TCK) is 100 on every Linux of today

    /// <summary>The process ids of those that run, in order.</summary>
    internal static int[] Running(int root) => [.. All(root).Where(pid => Stat(pid) is { } stat && !IsZombie(stat)).Order()];

    /// <summary>
    /// CPU time so far: of those that run and of zombies, as the scheduler counts it, for of many processes each may have less than a clock
    /// tick; of those that were waited for, which the kernel adds up to the nanosecond and tells in clock ticks.
    /// </summary>
    internal static TimeSpan CpuTime(int root)
    {
        TimeSpan total = TimeSpan.Zero;
        foreach (int pid in All(root))
        {
            if (Stat(pid) is not { } stat)
            {
                continue;
            }

            long own = Number(stat[11]) + Number(stat[12]); // utime, stime
            long children = Number(stat[13]) + Number(stat[14]); // cutime, cstime
            TimeSpan scheduled = SchedulerTime(pid);
            total += Ticks(children) + (scheduled > Ticks(own) ? scheduled : Ticks(own)); // ticks have threads that have ended, too
        }

        return total;

        static TimeSpan Ticks(long ticks) => TimeSpan.FromMilliseconds(ticks * MillisecondsPerTick);
    }

    /// <summary>Resident memory in bytes; of pages that processes share, each has its part (Pss).</summary>
    internal static long Memory(int root)
        => All(root).Sum(pid => Read($"/proc/{pid}/smaps_rollup") is { Length: > 0 } text
            ? 1024 * Number(text.Split('\n').Single(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            : 0);

    private static IEnumerable<int> All(int root)
    {
        string[] children = Read($"/proc/{root}/task/{root}/children")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [root, .. children.SelectMany(child => All((int)Number(child)))];
    }

    /// <summary>The fields from the third one (state) on, which is the first after the name.</summary>
    private static string[]? Stat(int pid) => Read($"/proc/{pid}/stat")?.Split(") ")[^1].Split(' ');

    private static bool IsZombie(string[] stat) => stat[0] == "Z";

    /// <summary>Of all threads that it has now.</summary>
    private static TimeSpan SchedulerTime(int pid)
    {
        try
        {
            long nanoseconds = Directory.EnumerateDirectories($"/proc/{pid}/task").Sum(thread => Read($"{thread}/schedstat") is { } text ? Number(text.Split(' ')[0]) : 0);
            return TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        }
        catch (IOException)
        {
            return TimeSpan.Zero; // ENOENT, ESRCH
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null; // ESRCH, ENOENT
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
