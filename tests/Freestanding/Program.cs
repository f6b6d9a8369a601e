using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Runs the checks: on the console under the JIT, with a system call of its own where there is no console.</summary>
internal static unsafe class Program
{
    // write(edi, rsi, rdx): mov eax, 1; syscall; ret
    private static ReadOnlySpan<byte> WriteCode => [0xB8, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xC3];

    private static int Main(string[] args)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return Checks.Run(&WriteToConsole);
        }

        // Freestanding there are no args: the fault to commit is chosen by building with a symbol.
#if FAULT
        return Faults.Commit();
#else
        return Checks.Run(&WriteToStandardOutput);
#endif
    }

    private static void WriteToConsole(byte* text, int length)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(new ReadOnlySpan<byte>(text, length));
    }

    private static void WriteToStandardOutput(byte* text, int length)
        => ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)Unsafe.AsPointer(ref MemoryMarshal.GetReference(WriteCode)))(1, text, (nuint)length);
}
