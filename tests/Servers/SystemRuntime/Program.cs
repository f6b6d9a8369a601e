using System;
using System.Runtime.CompilerServices;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Runs the checks: on the console under the JIT, with a system call of its own where there is no console.</summary>
internal static unsafe class Program
{
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
        => Kernel<FreestandingKernel>.Write(text, length);

    private static nint ReadFromStandardInput(byte* buffer, int length)
        => Kernel<FreestandingKernel>.Read(buffer, length);

    private static class Kernel<T>
        where T : struct, IKernel
    {
        internal static nint Write(byte* text, int length) => T.write(1, text, (nuint)length);

        internal static nint Read(byte* buffer, int length) => T.read(0, buffer, (nuint)length);
    }
}
