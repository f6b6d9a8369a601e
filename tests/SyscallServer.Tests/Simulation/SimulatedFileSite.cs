using System;
using System.Reflection;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Simulation;

using Request = SyscallServer.Request;

// The servers of SimulatedSite.cs, with files, uploads, handlers, an access log and a delay before the end besides.

/// <summary>A process for each connection.</summary>
[TcpServer(Address = "127.0.0.1", ReadTimeoutSeconds = ConnectionWorld.ReadTimeout, IdleTimeoutSeconds = ConnectionWorld.IdleTimeout, MaxBodyBytes = SimulatedSite.MaxBody, DrainDelaySeconds = 0, AccessLog = AccessLogMode.Always)]
[StaticResponse("/", SimulatedSite.Small)]
[StaticResponse("/long", SimulatedSite.Long, Compress = false)]
[StaticResponse("/huge", SimulatedSite.Huge, Compress = false)]
[StaticResponse("/post", SimulatedSite.Small, Method = "POST")]
[Files("/files/", "root")]
[Upload("/files/", "root", MaxBodyBytes = SimulatedSite.MaxBody)]
[NotFound(SimulatedSite.NoSuchPage)]
internal static partial class FileSite
{
    [Get("/say/{what}")]
    private static void Say(in Request request, ref ResponseWriter response) => response.Write(request.Parameter("what"u8));

    [Post("/echo", MaxBodyBytes = SimulatedSite.MaxBody, MaxResponseBytes = SimulatedSite.MaxBody)]
    private static void Echo(in Request request, ref ResponseWriter response) => response.Write(request.Body);

    private static readonly Type AppOfConnections = typeof(FileSite).Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(ConnectionKernel));

    private static readonly Action<ClientWorld> ServeMethod = typeof(ClientWorld).GetMethod(nameof(ClientWorld.Serve), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(AppOfConnections, typeof(FileSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!)
        .CreateDelegate<Action<ClientWorld>>();

    /// <summary>What the engine says that a child needs.</summary>
    internal static int MemorySize => (int)typeof(HttpChild).GetMethod(nameof(HttpChild.MemorySize))!.MakeGenericMethod(AppOfConnections).Invoke(null, null)!;

    /// <summary>Serves the client of a world.</summary>
    internal static void ServeIn(ClientWorld world) => ServeMethod(world);
}

/// <summary>Workers that serve one connection at a time.</summary>
[TcpServer(
    Address = "127.0.0.1",
    Concurrency = Concurrency.Prefork,
    Workers = 2,
    ReadTimeoutSeconds = ConnectionWorld.ReadTimeout,
    IdleTimeoutSeconds = ConnectionWorld.IdleTimeout,
    WriteTimeoutSeconds = ConnectionWorld.WriteTimeout,
    MaxBodyBytes = SimulatedSite.MaxBody,
    DrainDelaySeconds = 0,
    AccessLog = AccessLogMode.Always)]
[StaticResponse("/", SimulatedSite.Small)]
[StaticResponse("/long", SimulatedSite.Long, Compress = false)]
[StaticResponse("/huge", SimulatedSite.Huge, Compress = false)]
[StaticResponse("/post", SimulatedSite.Small, Method = "POST")]
[Files("/files/", "root")]
[Upload("/files/", "root", MaxBodyBytes = SimulatedSite.MaxBody)]
[NotFound(SimulatedSite.NoSuchPage)]
internal static partial class PreforkFileSite
{
    [Get("/say/{what}")]
    private static void Say(in Request request, ref ResponseWriter response) => response.Write(request.Parameter("what"u8));

    [Post("/echo", MaxBodyBytes = SimulatedSite.MaxBody, MaxResponseBytes = SimulatedSite.MaxBody)]
    private static void Echo(in Request request, ref ResponseWriter response) => response.Write(request.Body);

    private static readonly Action<PreforkWorld> WorkMethod = typeof(PreforkWorld).GetMethod(nameof(PreforkWorld.Work), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(
            typeof(PreforkFileSite).Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(ConnectionKernel)),
            typeof(PreforkFileSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!)
        .CreateDelegate<Action<PreforkWorld>>();

    /// <summary>Runs a worker in a world.</summary>
    internal static void WorkIn(PreforkWorld world) => WorkMethod(world);
}

/// <summary>An event loop, which has few places, so that they are used up.</summary>
[TcpServer(
    Address = "127.0.0.1",
    Concurrency = Concurrency.EventLoop,
    Workers = 1,
    MaxConnections = LoopWorld.MaxConnections,
    ReadTimeoutSeconds = LoopWorld.ReadTimeout,
    IdleTimeoutSeconds = LoopWorld.IdleTimeout,
    WriteTimeoutSeconds = LoopWorld.WriteTimeout,
    GracePeriodSeconds = LoopWorld.GracePeriod,
    MaxBodyBytes = SimulatedSite.MaxBody,
    DrainDelaySeconds = 0,
    AccessLog = AccessLogMode.Always)]
[StaticResponse("/", SimulatedSite.Small)]
[StaticResponse("/long", SimulatedSite.Long, Compress = false)]
[StaticResponse("/huge", SimulatedSite.Huge, Compress = false)]
[StaticResponse("/post", SimulatedSite.Small, Method = "POST")]
[Files("/files/", "root")]
[Upload("/files/", "root", MaxBodyBytes = SimulatedSite.MaxBody)]
[NotFound(SimulatedSite.NoSuchPage)]
internal static unsafe partial class EventLoopFileSite
{
    [Get("/say/{what}")]
    private static void Say(in Request request, ref ResponseWriter response) => response.Write(request.Parameter("what"u8));

    [Post("/echo", MaxBodyBytes = SimulatedSite.MaxBody, MaxResponseBytes = SimulatedSite.MaxBody)]
    private static void Echo(in Request request, ref ResponseWriter response) => response.Write(request.Body);

    private static readonly MethodInfo RunMethod = typeof(EventLoop).GetMethod(nameof(EventLoop.Run))!
        .MakeGenericMethod(
            typeof(LoopKernel),
            typeof(EventLoopFileSite).Emitted().GetNestedType("App`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(LoopKernel)),
            typeof(EventLoopFileSite).Emitted().GetNestedType("Settings", BindingFlags.NonPublic)!);

    /// <summary>The loop, for endpoints, signals, so many workers, and whether it is alone.</summary>
    internal static int Loop(Endpoints* endpoints, int signals, int workers, bool isAlone)
        => ((delegate*<Endpoints*, int, int, bool, int>)RunMethod.MethodHandle.GetFunctionPointer())(endpoints, signals, workers, isAlone);
}
