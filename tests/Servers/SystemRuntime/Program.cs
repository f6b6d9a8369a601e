using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Runs the checks: on the console under the JIT, with a system call of its own where there is no console.</summary>
internal static unsafe class Program
{
    // write(edi, rsi, rdx): mov eax, 1; syscall; ret
    private static ReadOnlySpan<byte> WriteCode => [0xB8, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xC3];

    // write(x0, x1, x2): mov x8, #64; svc #0; ret
    private static ReadOnlySpan<uint> Arm64WriteCode => [0xD2800808, 0xD4000001, 0xD65F03C0];

    // read(edi, rsi, rdx): xor eax, eax; syscall; ret
    private static ReadOnlySpan<byte> ReadCode => [0x31, 0xC0, 0x0F, 0x05, 0xC3];

    // read(x0, x1, x2): mov x8, #63; svc #0; ret
    private static ReadOnlySpan<uint> Arm64ReadCode => [0xD28007E8, 0xD4000001, 0xD65F03C0];

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
        => ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)(X86Base.IsSupported ? Unsafe.AsPointer(ref MemoryMarshal.GetReference(WriteCode)) : Unsafe.AsPointer(ref MemoryMarshal.GetReference(Arm64WriteCode))))(1, text, (nuint)length);

    private static nint ReadFromStandardInput(byte* buffer, int length)
        => ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, nint>)(X86Base.IsSupported ? Unsafe.AsPointer(ref MemoryMarshal.GetReference(ReadCode)) : Unsafe.AsPointer(ref MemoryMarshal.GetReference(Arm64ReadCode))))(0, buffer, (nuint)length);
}
