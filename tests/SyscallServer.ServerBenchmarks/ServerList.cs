using System.Collections.Generic;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The servers, in the order of the tables.</summary>
internal static class ServerList
{
    internal static IReadOnlyList<Server> All { get; } =
    [
        new OwnServer("fork", "Fork", "Freestanding"),
        new OwnServer("fork-aot", "Fork", "NativeAot"),
        new OwnServer("prefork", "Prefork", "Freestanding"),
        new OwnServer("prefork-aot", "Prefork", "NativeAot"),
        new OwnServer("event-loop", "EventLoop", "Freestanding"),
        new OwnServer("event-loop-aot", "EventLoop", "NativeAot"),
        new FloorServer(),
        new NginxServer(),
        new H2oServer(),
        new KestrelServer(),
        new ReferenceServer(),
        new OwnServer("fork-files", "Fork", "Freestanding", servesFiles: true),
        new OwnServer("event-loop-files", "EventLoop", "Freestanding", servesFiles: true),
        new NginxFileServer(),
    ];
}
