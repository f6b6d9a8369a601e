using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Rules to break: each must end the process with a line on standard error and status 134.</summary>
internal static unsafe class Faults
{
    /// <summary>Breaks one of them.</summary>
    /// <param name="fault">Which: a letter.</param>
    internal static int Commit(byte fault)
    {
        ReadOnlySpan<byte> span = "abc"u8;
        switch (fault)
        {
            case (byte)'i':
                return span[Opaque(3)];
            case (byte)'s':
                return span.Slice(Opaque(4)).Length;
            case (byte)'n':
                return span.Slice(1, Opaque(-1)).Length;
            case (byte)'c':
                Span<byte> small = stackalloc byte[2];
                span.CopyTo(small);
                return small[0];
            case (byte)'o':
                return checked(Opaque(int.MaxValue) + 1);
            case (byte)'d':
                return 1 / Opaque(0);
            case (byte)'D':
                return Opaque(int.MinValue) / Opaque(-1);
            case (byte)'r':
                string? nothing = Opaque(1) == 1 ? null : "something";
                return nothing!.Length;
            case (byte)'p':
                return *(int*)Opaque(0);
            case (byte)'w':
                return *(int*)((nint)Opaque(0x1234) << 16);
            case (byte)'S':
                return Deeper(Opaque(1));
            case (byte)'v':
                return Sse2.IsSupported ? throw null! : Sse2.MoveMask(Vector128.Create((byte)Opaque(255))); // without asking, on another processor
            case (byte)'t':
                return Opaque(1) == 1 ? throw null! : span[0];
            case (byte)'N':
                int? none = Opaque(1) == 1 ? null : 3;
                return none!.Value;
            default:
                return span[Opaque(2)] - 'c'; // none
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth) => Deeper(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Opaque(int value) => value;
}
