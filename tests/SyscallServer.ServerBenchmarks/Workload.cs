using System.Collections.Generic;

namespace SyscallServer.ServerBenchmarks;

/// <summary>A kind of load.</summary>
/// <param name="Connections">How many at the same time.</param>
/// <param name="Pipelined">How many requests a connection sends before it waits for the responses; 0 where each connection has one request only.</param>
internal sealed record Workload(string Name, string Title, string Description, int Connections, int Pipelined)
{
    internal static Workload KeepAlive64 { get; } = new("keep-alive-64", "64 connections", "64 connections that stay open", 64, 1);

    /// <summary>What servers of files are for, and no other.</summary>
    internal static Workload LargeFile { get; } = new("file", "a file of 100 MB", "2 connections that stay open, a file of 100 MB from the disk", 2, 1) { Path = "100MB", BodyLength = 100_000_000 };

    /// <summary>What is asked for, behind the first slash.</summary>
    internal string Path { get; init; } = "";

    /// <summary>Bytes that each response has at least.</summary>
    internal int BodyLength { get; init; }

    internal static IReadOnlyList<Workload> All { get; } =
    [
        new("keep-alive-1", "1 connection", "1 connection that stays open", 1, 1),
        KeepAlive64,
        new("keep-alive-512", "512 connections", "512 connections that stay open", 512, 1),
        new("pipelined", "pipelined", "64 connections that stay open, 16 requests at once", 64, 16),
        new("connections", "one request each", "16 connections at the same time, each for one request", 16, 0),
        LargeFile,
    ];

    internal bool ConnectionsStay => Pipelined > 0;

    /// <summary>
    /// Whether client and server never work at the same time. They then share a processor: to wake another one costs more than the rest
    /// together, on a virtual machine ten times as much.
    /// </summary>
    internal bool TakesTurns => Connections == 1;
}
