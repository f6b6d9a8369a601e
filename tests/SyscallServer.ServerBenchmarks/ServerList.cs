using System.Collections.Generic;

namespace SyscallServer.ServerBenchmarks;

/// <summary>The servers, in the order of the tables.</summary>
internal static class ServerList
{
    internal static IReadOnlyList<Server> All { get; } =
    [
        new OwnServer("fork", "Fork", "Freestanding"),
        new OwnServer("fork-aot", "Fork", "NativeAot"),
        new FloorServer(),
        new NginxServer(),
        new H2oServer(),
        new KestrelServer(),
        new ReferenceServer(),
    ];
}
