using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Internal.Models;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// Runs random servers, in a process of their own: what touches a page that is not to be touched ends it.
/// <c>SyscallServer.Tests random-servers SERVERS ENGINE FIRST COUNT TRACE</c>; where SERVERS is empty, they are run by their plans (<see cref="PlannedApp"/>).
/// </summary>
internal static unsafe class RandomRun
{
    /// <summary>The longest output that a pipeline is to fill: some more than the least buffer has.</summary>
    private const int LongestFill = 18_000;

    /// <summary>How many servers are parsed together, where nothing is compiled.</summary>
    private const int ParsedTogether = 50;

    /// <summary>What the name of an assembly with servers is followed by in that of a file with what the generator says that each needs for a connection.</summary>
    internal const string Sizes = ".sizes";

    /// <summary>Serves the clients of a world.</summary>
    private delegate int Program(RandomWorld world);

    /// <summary>Where the process begins that runs them. The tests themselves are run by their runner, not by this.</summary>
    /// <returns>0 where all do what they should.</returns>
    internal static int Main(string[] args)
    {
        AssemblyLoadContext context = AssemblyLoadContext.Default;
        Assembly tests = typeof(RandomRun).Assembly;
        if (args[2].Length > 0)
        {
            // All that knows the engine is loaded beside the other one.
            context = new AssemblyLoadContext("planted");
            context.LoadFromAssemblyPath(args[2]);
            tests = context.LoadFromAssemblyPath(tests.Location);
        }

        int first = int.Parse(args[3], CultureInfo.InvariantCulture);
        int count = int.Parse(args[4], CultureInfo.InvariantCulture);
        bool isTraced = args[5] == "trace";
        MethodInfo Method(string name) => tests.GetType(typeof(RandomRun).FullName!)!.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return (int)(args[1].Length == 0
            ? Method(nameof(RunPlanned)).Invoke(null, [first, count, isTraced])!
            : Method(nameof(RunAll)).Invoke(null, [context.LoadFromAssemblyPath(args[1]), first, count, isTraced])!);
    }

    /// <summary>Runs the servers of an assembly.</summary>
    private static int RunAll(Assembly servers, int first, int count, bool isTraced)
    {
        Dictionary<int, int> sizes = File.ReadLines(servers.Location + Sizes).Select(line => line.Split(' ')).ToDictionary(line => int.Parse(line[0], CultureInfo.InvariantCulture), line => int.Parse(line[1], CultureInfo.InvariantCulture));
        for (int seed = first; seed < first + count; seed++)
        {
            var server = new RandomServer(seed);
            if (servers.GetType($"N{seed}.{server.Name}")?.GetNestedType(EmittedServer.Name, BindingFlags.NonPublic)?.GetMethod("Serve", BindingFlags.Static | BindingFlags.NonPublic) is not { } serve)
            {
                continue; // the analyzer has refused it
            }

            var entry = (delegate*<byte**, byte*, int>)serve.MakeGenericMethod(typeof(RandomKernel)).MethodHandle.GetFunctionPointer();
            Type memory = serve.DeclaringType!.GetNestedType("Memory", BindingFlags.NonPublic)!;
            int size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(memory).Invoke(null, null)!;
            int offset = memory.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)[0].GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? 0;
            Type[] apps = [.. serve.DeclaringType.GetNestedTypes(BindingFlags.NonPublic).Where(type => type.Name is "App" or "App`1")];
            Type app = apps.Single() is { IsGenericTypeDefinition: true } open ? open.MakeGenericType(typeof(RandomKernel)) : apps[0];
            app.OpenAssets();
            int needed = (int)typeof(HttpChild).GetMethod(nameof(HttpChild.MemorySize))!.MakeGenericMethod(app).Invoke(null, null)!;
            int Serve(RandomWorld world)
            {
                world.Require(sizes[server.Seed] == needed, $"the generator has {sizes[server.Seed]} bytes for a process, and the engine needs {needed}");
                return Enter(world, entry, size, offset);
            }

            if (!TryRun(server, Serve, isTraced))
            {
                return 1;
            }
        }

        return 0;
    }

    private static int Enter(RandomWorld world, delegate*<byte**, byte*, int> entry, int size, int offset)
    {
        byte** argv = stackalloc byte*[3];
        fixed (byte* name = "server\0"u8)
        {
            argv[0] = name;
            argv[1] = null;
            argv[2] = null;
            return entry(argv, world.Allocate(size) + offset);
        }
    }

    /// <summary>Runs the servers by their plans.</summary>
    private static int RunPlanned(int first, int count, bool isTraced)
    {
        ProjectFiles files = RandomAssets.Files;
        for (int from = first; from < first + count; from += ParsedTogether)
        {
            RandomServer[] servers = [.. Enumerable.Range(from, Math.Min(ParsedTogether, first + count - from)).Select(seed => new RandomServer(seed))];
            CSharpCompilation compilation = GeneratorRun.Compile(string.Concat(servers.Select(server => server.Source)), OutputKind.DynamicallyLinkedLibrary);
            foreach (RandomServer server in servers)
            {
                ServerSpec? spec = ServerParser.Parse(compilation.GetTypeByMetadataName($"N{server.Seed}.{server.Name}")!, compilation, default, out IReadOnlyList<Problem> problems);
                if (spec is null)
                {
                    Console.WriteLine($"refused {server.Seed}: {problems.Select(problem => problem.ToDiagnostic()).First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
                    continue;
                }

                PlannedServer.Load(spec with { Http = NamedFiles.Resolve(spec.Http!, files, static (_, _, _) => { }) });
                if (!TryRun(server, PlannedServer.Serve, isTraced))
                {
                    return 1;
                }
            }
        }

        return 0;
    }

    private static bool TryRun(RandomServer server, Program program, bool isTraced)
    {
        Console.WriteLine($"seed {server.Seed}");
        try
        {
            Run(server, program, isTraced ? Console.Error.WriteLine : null);
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or KeyNotFoundException or FormatException or ArgumentException)
        {
            Console.WriteLine($"complaint {exception.Message}");
            return false;
        }
    }

    private static void Run(RandomServer server, Program program, Action<string>? trace)
    {
        var random = new Random(server.Seed);
        List<RandomClient> clients = Clients(server, random);
        var files = new RandomFiles();
        if (server.Concurrency == "Fork")
        {
            // Each process has one client; the next one gets another.
            clients.ForEach(client => Serve(program, server, new Queue<RandomClient>([client]), random, files, 1, trace));
        }
        else
        {
            Serve(program, server, new Queue<RandomClient>(clients), random, files, Math.Min(server.MaxConnections, 3), trace);
            if (server.MaxConnections < 3 && server.Concurrency == "EventLoop")
            {
                Serve(program, server, new Queue<RandomClient>(Crowd(server, random)), random, files, server.MaxConnections, trace);
            }
        }
    }

    private static void Serve(Program program, RandomServer server, Queue<RandomClient> clients, Random random, RandomFiles files, int open, Action<string>? trace)
    {
        using var world = new RandomWorld(random, clients, trace) { Files = files, Open = open, LogFormat = server.LogFormat };
        RandomWorld.Current = world;
        try
        {
            int exitCode = program(world);
            world.Require(exitCode == 0, $"exit code {exitCode}");
        }
        catch (RandomExitException)
        {
        }

        world.Require(clients.Count == 0, "it ends, and there are clients");
        world.Require(files.Under == 0, "a file is left open");
        if (server.LogFormat is not null)
        {
            world.CheckLines();
        }

        if (server.HasMetrics)
        {
            world.CheckCounters(isParent: server.Concurrency == "Fork");
        }
    }

    /// <summary>Clients that ask for all kinds of things, fill the output to each length near its end, and do not read.</summary>
    private static List<RandomClient> Clients(RandomServer server, Random random)
    {
        var clients = new List<RandomClient>();
        for (int i = 0; i < 6; i++)
        {
            var exchanges = new List<Exchange>();
            int count = random.Next(1, 12);
            for (int j = 0; j < count; j++)
            {
                exchanges.Add(server.Next());
            }

            clients.Add(Client(server, random, exchanges));
        }

        for (int i = 0; i < 8; i++)
        {
            // One short response has some 100 to 200 bytes.
            var exchanges = Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 60 : LongestFill / 100)).Select(_ => server.Short()).ToList();
            exchanges.Add(server.Longest());
            exchanges.Add(server.Next());
            clients.Add(Client(server, random, exchanges));
        }

        // Some stop in the middle of a request, or behind the last one, and wait for the server to end it.
        for (int i = 0; i < 2; i++)
        {
            var exchanges = Enumerable.Range(0, random.Next(3)).Select(_ => server.Short()).ToList();
            if (random.Next(2) == 0)
            {
                exchanges.Add(server.Unfinished());
            }

            clients.Insert(random.Next(clients.Count), new RandomClient(server, random, exchanges) { NeverEnds = true });
        }

        for (int i = 0; i < 3 && server.HasManagement; i++)
        {
            List<Exchange> exchanges = [.. Enumerable.Range(0, 1 + 2 * i).Select(_ => server.OfManagement())];
            clients.Insert(5 * i, new RandomClient(server, random, exchanges, server.ManagementEndpoint));
        }

        if (server.HasClientsThatGo)
        {
            for (int i = 0; i < 4; i++)
            {
                var exchanges = Enumerable.Range(0, 1 + i * 3).Select(j => j % 3 == 2 ? server.Longest() : server.Short()).ToList();
                clients.Add(new RandomClient(server, random, exchanges) { LeftToTake = random.Next(random.Next(2) == 0 ? 1000 : 60_000) });
            }
        }

        // More than all buffers have: it is served as it reads.
        clients.Add(Client(server, random, [.. Enumerable.Range(0, 1500).Select(_ => server.Short())]));
        return clients;
    }

    private static RandomClient Client(RandomServer server, Random random, List<Exchange> exchanges)
    {
        int closing = exchanges.FindIndex(exchange => exchange.MayClose);
        if (closing < 0 && random.Next(3) == 0)
        {
            exchanges.Add(server.Bad());
        }

        return new RandomClient(server, random, exchanges);
    }

    /// <summary>As many clients in the middle of a request as there may be, and one more.</summary>
    private static List<RandomClient> Crowd(RandomServer server, Random random)
    {
        var excess = new RandomClient(server, random, [new Exchange("", 503) { MayClose = true }]) { IsTurnedAway = true };
        var clients = new List<RandomClient>();
        for (int i = 0; i < server.MaxConnections; i++)
        {
            clients.Add(RandomClient.Holding(server, server.Short(), () => excess.Answers > 0));
        }

        clients.Add(excess);
        return clients;
    }
}
