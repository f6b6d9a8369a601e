using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Runs the checks: on the console under the JIT, with a system call of its own where there is no console.</summary>
internal static unsafe class Program
{
    // write(edi, rsi, rdx): mov eax, 1; syscall; ret
    private static ReadOnlySpan<byte> WriteCode => [0xB8, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xC3];

    // read(edi, rsi, rdx): xor eax, eax; syscall; ret
    private static ReadOnlySpan<byte> ReadCode => [0x31, 0xC0, 0x0F, 0x05, 0xC3];

    private static int Main(string[] args)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return Checks.Run(&WriteToConsole);
        }

        // Freestanding there are no args: a fault to commit is chosen by a letter on standard input.
        byte fault;
        return ReadFromStandardInput(&fault, 1) > 0 ? Faults.Commit(fault) : Checks.Run(&WriteToStandardOutput);
    }

    private static void WriteToConsole(byte* text, int length)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(new ReadOnlySpan<byte>(text, length));
    }

    private static void WriteToStandardOutput(byte* text, int length)
        => ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)Unsafe.AsPointer(ref MemoryMarshal.GetReference(WriteCode)))(1, text, (nuint)length);

    private static nint ReadFromStandardInput(byte* buffer, int length)
        => ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)Unsafe.AsPointer(ref MemoryMarshal.GetReference(ReadCode)))(0, buffer, (nuint)length);
}
