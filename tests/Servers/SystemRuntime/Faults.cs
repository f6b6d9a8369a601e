using System;
using System.Runtime.CompilerServices;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Rules to break, one a build: each must end the process with a line on standard error and status 134.</summary>
internal static unsafe class Faults
{
    internal static int Commit()
    {
        ReadOnlySpan<byte> span = "abc"u8;
#if FAULT_INDEX
        return span[Opaque(3)];
#elif FAULT_SLICE
        return span.Slice(Opaque(4)).Length;
#elif FAULT_NEGATIVE
        return span.Slice(1, Opaque(-1)).Length;
#elif FAULT_COPY
        Span<byte> small = stackalloc byte[2];
        span.CopyTo(small);
        return small[0];
#elif FAULT_OVERFLOW
        return checked(Opaque(int.MaxValue) + 1);
#elif FAULT_DIVIDE
        return 1 / Opaque(0);
#elif FAULT_DIVIDE_OVERFLOW
        return Opaque(int.MinValue) / Opaque(-1);
#elif FAULT_NULL
        string? nothing = Opaque(1) == 1 ? null : "something";
        return nothing!.Length;
#elif FAULT_NULL_POINTER
        return *(int*)Opaque(0);
#elif FAULT_POINTER
        return *(int*)((nint)Opaque(0x1234) << 16);
#elif FAULT_STACK
        return Deeper(Opaque(1));
#elif FAULT_THROW
        return Opaque(1) == 1 ? throw null! : span[0];
#elif FAULT_NULLABLE
        int? nothing = Opaque(1) == 1 ? null : 3;
        return nothing.Value;
#else
        return span[Opaque(2)];
#endif
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth) => Deeper(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Opaque(int value) => value;
}
