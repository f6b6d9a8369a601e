using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

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

    // write(x0, x1, x2): mov x8, #64; svc #0; ret
    private static ReadOnlySpan<uint> Arm64WriteCode => [0xD2800808, 0xD4000001, 0xD65F03C0];

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

        ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)(X86Base.IsSupported ? Unsafe.AsPointer(ref MemoryMarshal.GetReference(WriteCode)) : Unsafe.AsPointer(ref MemoryMarshal.GetReference(Arm64WriteCode))))(1, text, (nuint)length);
    }

#pragma warning disable SYSC020, SYSC021 // never called where there is no console
    private static void WriteToConsole(byte* text, int length)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(new ReadOnlySpan<byte>(text, length));
    }
#pragma warning restore SYSC020, SYSC021
}
