using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The end of a program that broke a rule: one line to standard error, and the exit status that abort() has in a shell.
/// A message travels as the exception of a throw statement: the compiler turns "throw" into a call of RhpThrowEx, and knows that
/// nothing comes after it, which keeps the callers short.
/// </summary>
internal static unsafe class Abort
{
    // Run where it lies: read-only data is executable, because the program is linked with -z noseparate-code.
    private static ReadOnlySpan<byte> Code =>
    [
        // (2, text, length): mov eax, 1 (write); syscall
        0xB8, 0x01, 0x00, 0x00, 0x00, 0x0F, 0x05,
        // mov edi, 134 (128 + SIGABRT); mov eax, 231 (exit_group); syscall
        0xBF, 0x86, 0x00, 0x00, 0x00, 0xB8, 0xE7, 0x00, 0x00, 0x00, 0x0F, 0x05,
    ];

    /// <param name="message">A u8 literal: the compiler puts a zero after its text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Exception With(ReadOnlySpan<byte> message)
    {
        void* text = Unsafe.AsPointer(ref MemoryMarshal.GetReference(message));
        return *(Exception*)&text;
    }

    [RuntimeExport("RhpThrowEx")]
    private static void Throw(byte* message)
    {
        if (message == null)
        {
            // A program's own "throw null".
            ThrowHelpers.ThrowNullReferenceException();
        }

        nuint length = 0;
        while (message[length] != 0)
        {
            length++;
        }

        ((delegate* unmanaged[SuppressGCTransition]<int, byte*, nuint, void>)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Code)))(2, message, length);
    }

    /// <summary>Where the compiler's own checks end up.</summary>
    [RuntimeExport("RhpFallbackFailFast")]
    private static void FailFast() => throw With("the program is broken\n"u8);
}
