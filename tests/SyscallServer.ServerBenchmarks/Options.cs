using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Tests.Support;

namespace SyscallServer.ServerBenchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int Rounds, int Seconds, IReadOnlyList<Server> Servers, IReadOnlyList<Workload> Workloads, string Output, string? Chart = null)
{
    internal static string Help => $"""
        usage: ./bench.sh [--rounds N] [--seconds N] [--servers NAME,NAME] [--workloads NAME,NAME] [--output FILE] [--chart FILE]

          --rounds N       how often each server gets each load; medians are reported (5)
          --seconds N      how long each load lasts (3)
          --servers ...    which servers (all)
          --workloads ...  which loads (all)
          --output FILE    where the tables are written (artifacts/benchmarks/servers.md)
          --chart FILE     where a picture of the CPU times is written, as SVG (nowhere)

        servers
        {string.Join('\n', ServerList.All.Select(server => $"  {server.Name,-18} {server.Description}"))}

        workloads
        {string.Join('\n', Workload.All.Select(workload => $"  {workload.Name,-18} {workload.Description}"))}

        """;

    /// <returns>Null where only help is asked for.</returns>
    internal static Options? Parse(string[] args)
    {
        var options = new Options(5, 3, ServerList.All, Workload.All, Repository.Path("artifacts", "benchmarks", "servers.md"));
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is "--help" or "-h")
            {
                return null;
            }

            string value = i + 1 < args.Length ? args[i + 1] : throw new UsageException($"{name} needs a value");
            options = name switch
            {
                "--rounds" => options with { Rounds = Number(name, value) },
                "--seconds" => options with { Seconds = Number(name, value) },
                "--servers" => options with { Servers = Chosen(value, ServerList.All, server => server.Name) },
                "--workloads" => options with { Workloads = Chosen(value, Workload.All, workload => workload.Name) },
                "--output" => options with { Output = value },
                "--chart" => options with { Chart = value },
                _ => throw new UsageException($"{name} is not an option"),
            };
        }

        return options;
    }

    /// <summary>What makes the same measurements.</summary>
    internal string Command
        => string.Create(CultureInfo.InvariantCulture, $"./bench.sh --rounds {Rounds} --seconds {Seconds}{Part("--servers", Servers, ServerList.All, server => server.Name)}{Part("--workloads", Workloads, Workload.All, workload => workload.Name)}");

    /// <summary>The option that chooses a part; nothing where all are chosen.</summary>
    private static string Part<T>(string option, IReadOnlyList<T> chosen, IReadOnlyList<T> all, Func<T, string> name)
        => chosen == all ? "" : $" {option} {string.Join(',', chosen.Select(name))}";

    private static int Number(string name, string value)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 1000
            ? number
            : throw new UsageException($"{name} is a number from 1 to 1000, not {value}");

    private static T[] Chosen<T>(string names, IReadOnlyList<T> all, Func<T, string> name)
        => [.. names.Split(',').Distinct().Select(wanted
            => all.FirstOrDefault(each => name(each) == wanted) ?? throw new UsageException($"nothing is called {wanted}"))];
}
