using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;
using Xunit.Sdk;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// Runs a simulation with one seed after the other. SIMULATION_SCHEDULES says how many (default 100,000), SIMULATION_SEED which one
/// alone: a failure names its seed.
/// </summary>
internal static class Schedules
{
    private const int Default = 100_000;
    private const int Threads = 2;

    /// <summary>One schedule: throws an <see cref="XunitException"/> where the server does what it should not.</summary>
    internal delegate void Simulation(int seed, bool isTraced, Coverage coverage);

    /// <summary>How many schedules are asked for.</summary>
    internal static int Count => Setting.Number("SIMULATION_SCHEDULES") ?? Default;

    /// <summary>Runs as many as are asked for.</summary>
    /// <returns>What they came across; null where only one is asked for, which need not come across anything.</returns>
    internal static Coverage? Run(Simulation simulation)
    {
        int? seed = Setting.Number("SIMULATION_SEED");
        var coverage = new Coverage();
        string? failure = FirstFailure(simulation, seed ?? 1, seed ?? Count, coverage);
        return failure is not null ? throw new XunitException(failure) : seed is null ? coverage : null;
    }

    /// <summary>Runs all seeds until one fails.</summary>
    /// <returns>How it fails, with its trace; null where none does.</returns>
    internal static string? FirstFailure(Simulation simulation, int first, int last, Coverage coverage)
    {
        int next = first - 1;
        int failed = int.MaxValue;
        void Work()
        {
            for (int seed = Interlocked.Increment(ref next); seed <= last && Volatile.Read(ref failed) == int.MaxValue; seed = Interlocked.Increment(ref next))
            {
                if (Failure(simulation, seed, isTraced: false, coverage) is not null)
                {
                    Interlocked.CompareExchange(ref failed, seed, int.MaxValue);
                }
            }
        }

        Task[] tasks = new Task[last - first < Threads ? 1 : Threads];
        for (int i = 0; i < tasks.Length; i++)
        {
            tasks[i] = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        Task.WaitAll(tasks);
        return failed == int.MaxValue ? null : $"SIMULATION_SEED={failed}: {Failure(simulation, failed, isTraced: true, coverage) ?? "not reproducible"}";
    }

    private static string? Failure(Simulation simulation, int seed, bool isTraced, Coverage coverage)
    {
        try
        {
            simulation(seed, isTraced, coverage);
            return null;
        }
        catch (XunitException exception)
        {
            return exception.Message;
        }
    }
}

/// <summary>What the schedules came across: they are of use only if they reach the interesting places.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    internal int this[string what] => _counts.TryGetValue(what, out int count) ? count : 0;

    internal void Add(string what, int count = 1)
    {
        if (count > 0)
        {
            _counts.AddOrUpdate(what, count, (_, before) => before + count);
        }
    }

    public override string ToString() => string.Join(", ", _counts);
}
