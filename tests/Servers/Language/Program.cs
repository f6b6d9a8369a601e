using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Startup;

namespace SyscallServer.Language.Tests;

/// <summary>Here for the analyzers, which look at programs with a server.</summary>
[TcpServer]
[RawResponse("x")]
internal static partial class Site;

/// <summary>Runs all chapters.</summary>
internal static unsafe class Program
{
    // write(edi, rsi, rdx): mov eax, 1; syscall; ret
    private static ReadOnlySpan<byte> WriteCode => [0xB8, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xC3];

    private static int Main(string[] args)
    {
        Arguments.Run(args);
        Initialisers.Run();
        Statements.Run();
        Integers.Run();
        FloatingPoint.Run();
        Strings.Run();
        Patterns.Run();
        Types.Run();
        Records.Run();
        GenericReferences.Run();
        Memory.Run();
        Functions.Run();
        return 0;
    }

    internal static void Write(byte* text, int length)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            WriteToConsole(text, length);
            return;
        }

#pragma warning disable SYSC020 // what asks for the host is there on all of them, for generated code
        if (ManagedHost.IsFreestanding)
        {
            _ = Write<FreestandingKernel>(text, length);
            return;
        }
#pragma warning restore SYSC020

        ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)Unsafe.AsPointer(ref MemoryMarshal.GetReference(WriteCode)))(1, text, (nuint)length);
    }

    private static nint Write<TKernel>(byte* text, int length)
        where TKernel : struct, IKernel
        => TKernel.write(1, text, (nuint)length);

#pragma warning disable SYSC020, SYSC021 // never called where there is no console
    private static void WriteToConsole(byte* text, int length)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(new ReadOnlySpan<byte>(text, length));
    }
#pragma warning restore SYSC020, SYSC021
}
