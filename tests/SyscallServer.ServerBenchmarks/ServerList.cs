using System.Collections.Generic;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The servers, in the order of the tables.</summary>
internal static class ServerList
{
    private static readonly OwnServer EventLoop = new("event-loop", "EventLoop", "Freestanding");

    internal static IReadOnlyList<Server> All { get; } =
    [
        new OwnServer("fork", "Fork", "Freestanding"),
        new OwnServer("fork-aot", "Fork", "NativeAot"),
        new OwnServer("prefork", "Prefork", "Freestanding"),
        new OwnServer("prefork-aot", "Prefork", "NativeAot"),
        EventLoop,
        new OwnServer("event-loop-aot", "EventLoop", "NativeAot"),
        new OwnServer("fork-deferred", "Fork", "Freestanding", OwnServer.Deferred),
        new OwnServer("prefork-deferred", "Prefork", "Freestanding", OwnServer.Deferred),
        new OwnServer("event-loop-deferred", "EventLoop", "Freestanding", OwnServer.Deferred),
        new OwnServer("event-loop-2", "EventLoop", "Freestanding", workers: 2),
        new OwnServer("prefork-metrics", "Prefork", "Freestanding", OwnServer.Metrics),
        new OwnServer("event-loop-metrics", "EventLoop", "Freestanding", OwnServer.Metrics),
        new FloorServer(),
        new ShortConnectionFloorServer(),
        new RingFloorServer(),
        new NginxServer(),
        new H2oServer(),
        new KestrelServer(),
        new ReferenceServer(),
        new ProxiedServer(1, EventLoop),
        new ProxiedServer(2, EventLoop),
        new ProxiedServer(4, EventLoop),
        new OwnServer("fork-files", "Fork", "Freestanding", OwnServer.Files),
        new OwnServer("event-loop-files", "EventLoop", "Freestanding", OwnServer.Files),
        new NginxFileServer(),
        new ArenaServer(),
        new ApiServer("api", "Freestanding"),
        new ApiServer("api-aot", "NativeAot"),
        new OwnServer("event-loop-api", "EventLoop", "Freestanding", OwnServer.Handlers),
        new OwnServer("event-loop-api-aot", "EventLoop", "NativeAot", OwnServer.Handlers),
    ];
}
