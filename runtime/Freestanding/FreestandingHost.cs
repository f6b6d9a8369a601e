using System;
using System.ComponentModel;
using Internal.Runtime.CompilerHelpers;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;

[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(System.Runtime.RuntimeExportAttribute))]

namespace SyscallServer.Internal.Startup;

/// <summary>
/// What Run asks of its host, answered without a .NET runtime: for a program with a Main of its own. (Where the entry point is the
/// generated one, the start code calls Serve without a way around.) All that the other one has is here, too: the AOT compiler of .NET 8 looks
/// for what is called under the JIT alone before it leaves that out.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ManagedHost
{
    /// <summary>Whether <see cref="FreestandingKernel"/> calls the kernel.</summary>
    public static bool IsFreestanding => true;

    /// <summary>The arguments that the kernel has handed to the program, with the environment behind them.</summary>
    public static byte** Arguments(string[] args) => StartupCodeHelpers.Argv;

    /// <inheritdoc cref="Arguments(string[])"/>
    public static byte** Arguments(string[] args, ReadOnlySpan<byte> further) => StartupCodeHelpers.Argv;

    /// <summary>See <see cref="Vdso.Clock"/>.</summary>
    public static void* Clock(byte** argv) => Vdso.Clock(argv);

    /// <summary>For a program with a runtime.</summary>
    public static void OpenAssets<TApp>()
        where TApp : struct, IApp
    {
    }

    /// <summary>Where the assets of an app lie: the linker has put them into the place of a constant.</summary>
    /// <param name="place">The constant.</param>
    public static byte* Assets<TApp>(byte* place)
        where TApp : struct, IApp
        => place;

    /// <summary>For the JIT, which is not there: files are as they were when the program was built.</summary>
    public static void OpenLiveAssets<TApp>(ReadOnlySpan<byte> files, string[] args)
        where TApp : struct, IApp
    {
    }

    /// <inheritdoc cref="OpenLiveAssets"/>
    public static void TellLiveAssets<TApp>()
        where TApp : struct, IApp
    {
    }

    /// <inheritdoc cref="OpenLiveAssets"/>
    public static int LiveResponse<TApp>(int response)
        where TApp : struct, IApp
        => response;

    /// <inheritdoc cref="OpenLiveAssets"/>
    public static PlannedResponse* LiveResponses<TApp>(void* planned)
        where TApp : struct, IApp
        => (PlannedResponse*)planned;

    /// <inheritdoc cref="OpenLiveAssets"/>
    public static byte* LiveBytes<TApp>(void* planned)
        where TApp : struct, IApp
        => (byte*)planned;

    /// <inheritdoc cref="OpenLiveAssets"/>
    public static ushort* LivePhrases<TApp>(void* planned)
        where TApp : struct, IApp
        => (ushort*)planned;

    /// <summary>For the JIT, which is not there.</summary>
    public static void RefuseArm64()
    {
    }

    /// <summary>For the JIT, which is not there.</summary>
    public static void Prepare<TKernel>(ReadOnlySpan<byte> code, out byte* stubs, delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
        => stubs = null;

    /// <inheritdoc cref="Prepare{TKernel}"/>
    public static void Prepare<TKernel, TServer>(ReadOnlySpan<byte> code, out byte* stubs, delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
        => stubs = null;

    /// <inheritdoc cref="Prepare{TKernel}"/>
    public static void Prepare<TKernel, TApp, TServer>(ReadOnlySpan<byte> code, out byte* stubs)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
        => stubs = null;
}
