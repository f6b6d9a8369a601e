using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Simulation;

/// <summary>A server with small limits, written by the generator when these tests are built, to be run on <see cref="SimulatedKernel"/>.</summary>
[TcpServer(Port = 8080, Address = "127.0.0.1", Backlog = Backlog, MaxConnections = MaxConnections, ReadTimeoutSeconds = 10, GracePeriodSeconds = GracePeriod)]
[RawResponse(Answer)]
internal static partial class SimulatedServer
{
    internal const string Answer = "a response of some length";
    internal const int Backlog = 5;
    internal const int MaxConnections = 3;
    internal const int GracePeriod = 2;

    private static readonly MethodInfo ServeMethod = Serving(typeof(SimulatedServer));
    private static readonly MethodInfo ServeSilentlyMethod = Serving(typeof(SilentServer));
    private static readonly MethodInfo DrainMethod = Serving(typeof(DrainingServer));

    private static MethodInfo Serving(Type server)
        => server.Emitted().GetMethod("Serve", BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(typeof(SimulatedKernel));

    /// <summary>Runs the whole server, from the command line to the exit code, in a world.</summary>
    /// <exception cref="ChildExitException">The world followed a child, and it has ended.</exception>
    internal static int RunIn(World world, IReadOnlyList<string>? arguments = null, IReadOnlyList<string>? environment = null, bool silently = false)
        => RunIn(silently ? ServeSilentlyMethod : ServeMethod, world, arguments, environment);

    /// <summary>Runs one that may go on for a while when it is told to end.</summary>
    /// <inheritdoc cref="RunIn(World, IReadOnlyList{string}, IReadOnlyList{string}, bool)"/>
    internal static int DrainIn(World world, params string[] arguments) => RunIn(DrainMethod, world, arguments, null);

    private static unsafe int RunIn(MethodInfo server, World world, IReadOnlyList<string>? arguments, IReadOnlyList<string>? environment)
    {
        byte** argv = Native(["server", .. arguments ?? [], null, .. environment ?? [], null]);
        byte* memory = (byte*)NativeMemory.AllocZeroed(SyscallServer.Internal.Models.ForkParent.Size + 1024);
        World.Current = world;
        try
        {
            var serve = (delegate*<byte**, byte*, int>)server.MethodHandle.GetFunctionPointer();
            return serve(argv, memory + 1024); // the ids of its children lie before it
        }
        finally
        {
            World.Current = null;
            Free(argv, 3 + (arguments?.Count ?? 0) + (environment?.Count ?? 0));
            NativeMemory.Free(memory);
        }
    }

    private static unsafe byte** Native(IReadOnlyList<string?> texts)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return array;
    }

    private static unsafe void Free(byte** array, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)array[i]);
        }

        NativeMemory.Free(array);
    }
}

/// <summary>The same without a command-line interface.</summary>
[TcpServer(
    Port = 8080,
    Address = "127.0.0.1",
    Backlog = SimulatedServer.Backlog,
    MaxConnections = SimulatedServer.MaxConnections,
    ReadTimeoutSeconds = 10,
    GracePeriodSeconds = SimulatedServer.GracePeriod,
    CommandLineInterface = false)]
[RawResponse(SimulatedServer.Answer)]
internal static partial class SilentServer;

/// <summary>The same with a delay before the end, of which the command line says how long it is.</summary>
[TcpServer(
    Port = 8080,
    Address = "127.0.0.1",
    Backlog = SimulatedServer.Backlog,
    MaxConnections = SimulatedServer.MaxConnections,
    ReadTimeoutSeconds = 10,
    DrainDelaySeconds = 3,
    GracePeriodSeconds = SimulatedServer.GracePeriod)]
[RawResponse(SimulatedServer.Answer)]
internal static partial class DrainingServer;

/// <summary>One whose response is longer than what every socket takes at once.</summary>
[TcpServer]
[RawResponse(Sixteen + Sixteen + Sixteen + Sixteen + Sixteen)]
internal static partial class LongWindedServer
{
    private const string Sixteen = Four + Four + Four + Four;
    private const string Four = Line + Line + Line + Line;
    private const string Line = "a line of sixty-four bytes, of which there are eighty in all ...";
}
