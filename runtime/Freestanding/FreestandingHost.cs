using System;
using Internal.Runtime.CompilerHelpers;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// What Run asks of its host, answered without a .NET runtime: for a program with a Main of its own. (Where the entry point is the
/// generated one, the start code calls Serve without a way around.)
/// </summary>
public static unsafe class ManagedHost
{
    /// <summary>The arguments that the kernel has handed to the program; there are no strings of them.</summary>
    public static byte** Arguments(string[] args, out int argc)
    {
        argc = StartupCodeHelpers.Argc;
        return StartupCodeHelpers.Argv;
    }

    /// <summary>The environment, which lies behind the arguments and their null pointer.</summary>
    public static byte** EnvironmentVariables() => StartupCodeHelpers.Argv + StartupCodeHelpers.Argc + 1;

    /// <summary>For the JIT, which is not there.</summary>
    public static void Prepare<TKernel>(ReadOnlySpan<byte> code, out byte* stubs, delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
        => stubs = null;
}
