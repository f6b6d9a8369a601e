using System;
using System.Reflection;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Simulation;

/// <summary>An HTTP server with responses of several sizes, written by the generator when these tests are built.</summary>
[TcpServer(ReadTimeoutSeconds = ConnectionWorld.ReadTimeout, IdleTimeoutSeconds = ConnectionWorld.IdleTimeout, MaxBodyBytes = MaxBody)]
[StaticResponse("/", Small)]
[StaticResponse("/long", Long, Compress = false)]
[StaticResponse("/huge", Huge, Compress = false)]
[StaticResponse("/post", Small, Method = "POST")]
[NotFound(NoSuchPage)]
internal static partial class SimulatedSite
{
    internal const int MaxBody = 1000;
    internal const string Small = "a response of some length";
    internal const string NoSuchPage = "no such page";

    private const string Line = "sixty-four bytes of text, which repeat and repeat and repeat   \n";
    private const string OneKilobyte = Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line + Line;

    /// <summary>Longer than what is copied behind its head.</summary>
    internal const string Long = OneKilobyte + OneKilobyte + OneKilobyte + OneKilobyte;

    /// <summary>Longer than any buffer.</summary>
    internal const string Huge = Long + Long + Long + Long + Long + Long + Long + Long + Long + Long + Long + Long;

    private static readonly Action<ClientWorld> ServeMethod = typeof(ClientWorld).GetMethod(nameof(ClientWorld.Serve), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(typeof(SimulatedSite).Emitted().GetNestedType("App", BindingFlags.NonPublic)!, typeof(SimulatedSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!)
        .CreateDelegate<Action<ClientWorld>>();

    /// <summary>What the engine says that a child needs.</summary>
    internal static int MemorySize => (int)typeof(HttpChild).GetMethod(nameof(HttpChild.MemorySize))!
        .MakeGenericMethod(typeof(SimulatedSite).Emitted().GetNestedType("App", BindingFlags.NonPublic)!)
        .Invoke(null, null)!;

    /// <summary>Serves the client of a world.</summary>
    internal static void ServeIn(ClientWorld world) => ServeMethod(world);
}

/// <summary>The same with workers that serve one connection at a time.</summary>
[TcpServer(
    Concurrency = Concurrency.Prefork,
    Workers = 2,
    ReadTimeoutSeconds = ConnectionWorld.ReadTimeout,
    IdleTimeoutSeconds = ConnectionWorld.IdleTimeout,
    WriteTimeoutSeconds = ConnectionWorld.WriteTimeout,
    MaxBodyBytes = SimulatedSite.MaxBody)]
[StaticResponse("/", SimulatedSite.Small)]
[StaticResponse("/long", SimulatedSite.Long, Compress = false)]
[StaticResponse("/huge", SimulatedSite.Huge, Compress = false)]
[StaticResponse("/post", SimulatedSite.Small, Method = "POST")]
[NotFound(SimulatedSite.NoSuchPage)]
internal static partial class PreforkSite
{
    private static readonly Action<PreforkWorld> WorkMethod = typeof(PreforkWorld).GetMethod(nameof(PreforkWorld.Work), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(typeof(PreforkSite).Emitted().GetNestedType("App", BindingFlags.NonPublic)!, typeof(PreforkSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!)
        .CreateDelegate<Action<PreforkWorld>>();

    /// <summary>Runs a worker in a world.</summary>
    internal static void WorkIn(PreforkWorld world) => WorkMethod(world);
}

/// <summary>The same with an event loop, which has few places, so that they are used up.</summary>
[TcpServer(
    Concurrency = Concurrency.EventLoop,
    Workers = 1,
    MaxConnections = LoopWorld.MaxConnections,
    ReadTimeoutSeconds = LoopWorld.ReadTimeout,
    IdleTimeoutSeconds = LoopWorld.IdleTimeout,
    WriteTimeoutSeconds = LoopWorld.WriteTimeout,
    GracePeriodSeconds = LoopWorld.GracePeriod,
    MaxBodyBytes = SimulatedSite.MaxBody)]
[StaticResponse("/", SimulatedSite.Small)]
[StaticResponse("/long", SimulatedSite.Long, Compress = false)]
[StaticResponse("/huge", SimulatedSite.Huge, Compress = false)]
[StaticResponse("/post", SimulatedSite.Small, Method = "POST")]
[NotFound(SimulatedSite.NoSuchPage)]
internal static unsafe partial class EventLoopSite
{
    private static readonly MethodInfo RunMethod = typeof(EventLoop).GetMethod(nameof(EventLoop.Run))!
        .MakeGenericMethod(typeof(LoopKernel), typeof(EventLoopSite).Emitted().GetNestedType("App", BindingFlags.NonPublic)!, typeof(EventLoopSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!);

    /// <summary>The loop, for endpoints, signals, so many workers, and whether it is alone.</summary>
    internal static int Loop(Endpoints* endpoints, int signals, int workers, bool isAlone)
        => ((delegate*<Endpoints*, int, int, bool, int>)RunMethod.MethodHandle.GetFunctionPointer())(endpoints, signals, workers, isAlone);
}
