using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// The places of the options in a server's list of them (<c>IServer.Options</c>), which the generator writes. The first five are those of every server; then come those that only some have.
/// </summary>
internal static class CommandLineOptions
{
    internal const int Help = 0;
    internal const int Version = 1;
    internal const int Quiet = 2;
    internal const int Port = 3;
    internal const int Address = 4;

    /// <summary><c>--listen</c>, of servers with endpoints; there it is the last that says where to listen, or the last but one.</summary>
    internal const int Listen = 5;

    /// <summary><c>--metrics-listen</c>, of servers with an endpoint of management.</summary>
    internal const int ListenOfManagement = 6;

    /// <summary>Those of every server, by name. An equals sign stands for a value.</summary>
    internal const string OfEveryServer = "--help\0--version\0--quiet\0--port=\0--address=\0";

    /// <summary>The last that says where to listen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LastOfListening(bool hasEndpoints, bool hasManagement) => hasManagement ? ListenOfManagement : hasEndpoints ? Listen : Address;

    /// <summary><c>--drain-delay</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int DrainDelay(bool hasEndpoints, bool hasManagement) => LastOfListening(hasEndpoints, hasManagement) + 1;

    /// <summary><c>--access-log</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int AccessLog(bool hasEndpoints, bool hasManagement, bool hasDrainDelay) => DrainDelay(hasEndpoints, hasManagement) + (hasDrainDelay ? 1 : 0);

    /// <summary><c>--healthcheck</c>, whose value may be missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int HealthCheck(bool hasEndpoints, bool hasManagement, bool hasDrainDelay, bool hasAccessLog)
        => AccessLog(hasEndpoints, hasManagement, hasDrainDelay) + (hasAccessLog ? 1 : 0);
}
