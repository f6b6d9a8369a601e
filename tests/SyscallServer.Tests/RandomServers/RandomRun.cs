using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// Runs random servers, in a process of their own: what touches a page that is not to be touched ends it. <c>SyscallServer.Tests random-servers SERVERS ENGINE FIRST COUNT TRACE</c>.
/// </summary>
internal static unsafe class RandomRun
{
    /// <summary>The longest output that a pipeline is to fill: some more than the least buffer has.</summary>
    private const int LongestFill = 18_000;

    /// <summary>Where the process begins that runs them. The tests themselves are run by their runner, not by this.</summary>
    /// <returns>0 where all do what they should.</returns>
    internal static int Main(string[] args)
    {
        string engine = args[2];
        Assembly tests = typeof(RandomRun).Assembly;
        AssemblyLoadContext context = AssemblyLoadContext.Default;
        if (engine.Length > 0)
        {
            // All that knows the engine is loaded beside the other one.
            context = new AssemblyLoadContext("planted");
            context.LoadFromAssemblyPath(engine);
            tests = context.LoadFromAssemblyPath(tests.Location);
        }

        Assembly servers = context.LoadFromAssemblyPath(args[1]);
        return (int)tests.GetType(typeof(RandomRun).FullName!)!.GetMethod(nameof(RunAll), BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, [servers, int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture), args[5] == "trace"])!;
    }

    private static int RunAll(Assembly servers, int first, int count, bool isTraced)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            var server = new RandomServer(seed);
            if (servers.GetType($"N{seed}.{server.Name}")?.GetMethod("Serve", BindingFlags.Static | BindingFlags.NonPublic) is not { } serve)
            {
                continue; // the analyzer has refused it
            }

            Console.WriteLine($"seed {seed}");
            try
            {
                Run(server, serve, line => Trace(isTraced, line));
            }
            catch (Exception exception) when (exception is InvalidDataException or KeyNotFoundException or FormatException or ArgumentException)
            {
                Console.WriteLine($"complaint {exception.Message}");
                return 1;
            }
        }

        return 0;
    }

    private static void Trace(bool isTraced, string line)
    {
        if (isTraced)
        {
            Console.Error.WriteLine(line);
        }
    }

    private static void Run(RandomServer server, MethodInfo serve, Action<string> trace)
    {
        var random = new Random(server.Seed);
        List<RandomClient> clients = Clients(server, random);
        var entry = (delegate*<byte**, byte*, int>)serve.MakeGenericMethod(typeof(RandomKernel)).MethodHandle.GetFunctionPointer();
        Type memory = serve.DeclaringType!.GetNestedType("Memory", BindingFlags.NonPublic)!;
        int size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(memory).Invoke(null, null)!;
        int offset = memory.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)[0].GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? 0;
        var files = new RandomFiles();
        if (server.Concurrency == "Fork")
        {
            // Each process has one client; the next one gets another.
            clients.ForEach(client => Serve(entry, new Queue<RandomClient>([client]), random, files, size, offset, 1, trace));
        }
        else
        {
            Serve(entry, new Queue<RandomClient>(clients), random, files, size, offset, Math.Min(server.MaxConnections, 3), trace);
            if (server.MaxConnections < 3 && server.Concurrency == "EventLoop")
            {
                Serve(entry, new Queue<RandomClient>(Crowd(server, random)), random, files, size, offset, server.MaxConnections, trace);
            }
        }
    }

    private static void Serve(
        delegate*<byte**, byte*, int> entry, Queue<RandomClient> clients, Random random, RandomFiles files, int size, int offset, int open, Action<string> trace)
    {
        using var world = new RandomWorld(random, clients, trace) { Files = files, Open = open };
        RandomWorld.Current = world;
        byte** argv = stackalloc byte*[3];
        fixed (byte* name = "server\0"u8)
        {
            argv[0] = name;
            argv[1] = null;
            argv[2] = null;
            try
            {
                int exitCode = entry(argv, world.Allocate(size) + offset);
                world.Require(exitCode == 0, $"exit code {exitCode}");
            }
            catch (RandomExitException)
            {
            }
        }

        world.Require(clients.Count == 0, "it ends, and there are clients");
        world.Require(files.Under == 0, "a file is left open");
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
