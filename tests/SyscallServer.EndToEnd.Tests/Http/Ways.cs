using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>
/// The ways in which the bytes of a case can reach the server. The response must be the same on each; whether the connection stays is seen
/// by a sentinel behind it, and its end must be an orderly one.
/// </summary>
internal static class Ways
{
    /// <summary>How many connections there are at the same time.</summary>
    private const int Parallel = 32;

    /// <summary>At most so many pieces, and so many places for a split, of a long request.</summary>
    private const int Pieces = 64;

    /// <summary>How many failures are shown.</summary>
    private const int Shown = 40;

    /// <summary>Runs all cases in one way and says what went wrong with which.</summary>
    internal static async Task RunAsync(int port, IEnumerable<HttpCase> cases, Func<int, HttpCase, Task> way, int parallel = Parallel)
    {
        var failures = new ConcurrentQueue<string>();
        await System.Threading.Tasks.Parallel.ForEachAsync(cases, new System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = parallel }, async (one, _) =>
        {
            try
            {
                await way(port, one);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures.Enqueue($"{one.Name}: {exception.Message}");
            }
        });
        if (!failures.IsEmpty)
        {
            throw new XunitException($"{failures.Count} cases went wrong:\n\n{string.Join("\n\n", failures.Order(StringComparer.Ordinal).Take(Shown))}");
        }
    }

    internal static Task Whole(int port, HttpCase one) => InPiecesAsync(port, one, [one.Request]);

    internal static Task ByteByByte(int port, HttpCase one)
    {
        int length = Math.Max(1, one.Request.Length / Pieces);
        return InPiecesAsync(port, one, one.Request.Chunk(length));
    }

    private static async Task InPiecesAsync(int port, HttpCase one, IEnumerable<byte[]> pieces)
    {
        using Client client = await Client.ConnectAsync(port);
        var reader = new ResponseReader(client);
        foreach (byte[] piece in pieces)
        {
            await client.SendAsync(piece);
        }

        one.Check(await reader.ReadFinalAsync(one.Method, one.MayContinue));
        if (!one.Closes)
        {
            await client.SendAsync(Sentinel.Request(1));
            Sentinel.Check(await reader.ReadAsync(), 1);
            client.EndSending();
        }

        await reader.EndAsync();
    }

    /// <summary>Between two other requests, all sent at once: the last one is answered if the connection stays.</summary>
    internal static async Task Pipelined(int port, HttpCase one)
    {
        using Client client = await Client.ConnectAsync(port);
        var reader = new ResponseReader(client);
        await client.SendAsync((byte[])[.. Sentinel.Request(2), .. one.Request, .. Sentinel.Request(3)]);
        Sentinel.Check(await reader.ReadAsync(), 2);
        one.Check(await reader.ReadFinalAsync(one.Method, one.MayContinue));
        if (!one.Closes)
        {
            Sentinel.Check(await reader.ReadAsync(), 3);
            client.EndSending();
        }

        await reader.EndAsync();
    }

    /// <summary>By a client that ends its side as soon as it has sent all.</summary>
    internal static async Task HalfClosed(int port, HttpCase one)
    {
        using Client client = await Client.ConnectAsync(port);
        var reader = new ResponseReader(client);
        await client.SendAsync((byte[])[.. one.Request, .. Sentinel.Request(4)]);
        client.EndSending();
        one.Check(await reader.ReadFinalAsync(one.Method, one.MayContinue));
        if (!one.Closes)
        {
            Sentinel.Check(await reader.ReadAsync(), 4);
        }

        await reader.EndAsync();
    }

    /// <summary>
    /// In two halves, split at each place, or at as many as are asked for. What makes the halves arrive apart is that many connections get their
    /// first one before any gets its second.
    /// </summary>
    internal static async Task SplitAsync(int port, HttpCase one, int most = Pieces)
    {
        int step = Math.Max(1, one.Request.Length / most);
        var clients = new List<Client>();
        var readers = new List<ResponseReader>();
        try
        {
            foreach (int[] places in Enumerable.Range(0, (one.Request.Length - 2) / step + 1).Select(index => index * step + 1).Chunk(Parallel))
            {
                for (int i = clients.Count; i < places.Length; i++)
                {
                    clients.Add(await Client.ConnectAsync(port));
                    readers.Add(new ResponseReader(clients[i]));
                }

                for (int i = 0; i < places.Length; i++)
                {
                    await clients[i].SendAsync(one.Request.AsMemory(0, places[i]));
                }

                for (int i = 0; i < places.Length; i++)
                {
                    await clients[i].SendAsync(one.Request.AsMemory(places[i]));
                }

                for (int i = 0; i < places.Length; i++)
                {
                    await CheckAsync(places[i], readers[i]);
                }

                if (one.Closes)
                {
                    clients.ForEach(client => client.Dispose());
                    clients.Clear();
                    readers.Clear();
                }
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        async Task CheckAsync(int place, ResponseReader reader)
        {
            try
            {
                one.Check(await reader.ReadFinalAsync(one.Method, one.MayContinue));
                if (one.Closes)
                {
                    await reader.EndAsync();
                }
            }
            catch (XunitException exception)
            {
                throw new XunitException($"split at {place}: {exception.Message}");
            }
        }
    }
}
