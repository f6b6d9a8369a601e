using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The end of a program that broke a rule: one line to standard error, and the exit status that abort() has in a shell.
/// A message travels as the exception of a throw statement: the compiler turns "throw" into a call of RhpThrowEx, and knows that
/// nothing comes after it, which keeps the callers short. RhpThrowEx is in StartCode.S.
/// </summary>
internal static unsafe class Abort
{
    /// <param name="message">A u8 literal: the compiler puts a zero after its text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Exception With(ReadOnlySpan<byte> message)
    {
        void* text = Unsafe.AsPointer(ref MemoryMarshal.GetReference(message));
        return *(Exception*)&text;
    }
}
