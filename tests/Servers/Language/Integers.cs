using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, chapters 10 and 12: operators and conversions of whole numbers, characters, enums and nullable values.</summary>
internal static class Integers
{
    internal static void Run()
    {
        int a = Of(-7), b = Of(2);
        uint u = Of(4000000000u);
        long l = Of(long.MinValue);
        ulong ul = Of(ulong.MaxValue);
        Line("addition, subtraction, multiplication"u8, a + b, a - b, a * b, unchecked(l - 1));
        Line("division and remainder"u8, a / b, a % b, u / 7, (long)(ul % 10));
        Line("division of the smallest"u8, l / Of(2L), l % Of(10L), unchecked((int)(l / Of(3L))));
        Line("overflow wraps"u8, unchecked(Of(int.MaxValue) + 1), unchecked((byte)Of(300)), unchecked((sbyte)Of(200)), unchecked((short)Of(70000)));
        Line("checked arithmetic"u8, checked(a + b), checked(u - 5), checked((byte)Of(255)), checked((int)Of(2147483647L)));
        Line("checked conversions of signs"u8, checked((uint)Of(5)), (long)checked((ulong)Of(6L)), checked((sbyte)Of(-128)), checked((char)Of(65535)));
        Line("shifts"u8, a << 3, a >> 1, a >>> 28, u >> 4);
        Line("shifts by too much"u8, Of(1) << Of(33), Of(1L) << Of(65), Of(-8) >> Of(-1), (long)(ul >>> Of(60)));
        Line("shifts of small types"u8, Of((byte)200) << 2, Of((sbyte)-2) >> 1, Of((short)-2) >>> 4, Of((ushort)65535) >> 8);
        Line("bitwise"u8, a & 0xFF, a | 1024, a ^ b, ~a);
        Line("logical"u8, (Of(true) & Of(false)) | (Of(true) ^ Of(true)) ? 1 : 0, Of(true) && !Of(false) ? 1 : 0, Of(false) || Of(true) ? 1 : 0);
        Line("comparisons"u8, (a < b ? 1 : 0) + (a <= b ? 2 : 0) + (a > b ? 4 : 0) + (a >= b ? 8 : 0) + (a == b ? 16 : 0) + (a != b ? 32 : 0), u > a ? 1 : 0, ul > 5 ? 1 : 0);
        Line("conditional"u8, a > b ? a : b, b > a ? b : a);
        Line("increment and decrement"u8, Increments(Of(5)));
        Line("compound assignment"u8, Compound(Of(5)));
        Line("compound assignment of a byte"u8, CompoundByte(Of((byte)250)));
        Line("order of evaluation"u8, Order());
        Line("short circuit"u8, ShortCircuit());
        Line("precedence"u8, a + b * 3 - (4 << 1 & 6 | 1 ^ 3), -a * -b, a - b - 1, ~a + 1);
        Line("widening"u8, Of((sbyte)-5), Of((ushort)65000), (long)Of(4000000000u), (long)(ulong)Of((uint)7));
        Line("narrowing"u8, unchecked((int)Of(0x123456789AL)), unchecked((uint)Of(-1L)), unchecked((ushort)Of(-2)), unchecked((long)Of(ulong.MaxValue)));
        Line("native size"u8, Of((nint)(-5)) * 3, (long)(Of((nuint)9) / 2), (nint)Of(-1L), nint.Size);
        Line("characters"u8, Of('a') + 1, (char)(Of('a') + 1), 'z' - Of('a'), Of('\u20AC'));
        Line("increment of a character"u8, Character(Of('a')));
        Line("enums"u8, (int)(Of(Flags.A) | Flags.C), (int)(Of(Flags.C) - Flags.A), (int)~Of(Flags.B), (int)(Of(Flags.A) + 1));
        Line("comparison of enums"u8, Of(Flags.A) < Flags.B ? 1 : 0, Of(Flags.A | Flags.B) == Flags.Both ? 1 : 0, (Of(Flags.Both) & Flags.A) != 0 ? 1 : 0);
        Line("lifted arithmetic"u8, (Of((int?)5) + 2).GetValueOrDefault(-1), (Of((int?)null) + 2).GetValueOrDefault(-1), (Of((int?)5) * Of((int?)null)) ?? -2);
        Line("lifted comparisons"u8, Of((int?)5) > 3 ? 1 : 0, Of((int?)null) > 3 ? 1 : 0, Of((int?)null) <= 3 ? 1 : 0, Of((int?)null) == null ? 1 : 0);
        Line("lifted logic"u8, (Of((bool?)null) & false) == false ? 1 : 0, (Of((bool?)null) | true) == true ? 1 : 0, (Of((bool?)null) & true) is null ? 1 : 0);
        Line("lifted conversions"u8, (long?)Of((int?)5) ?? -1, (byte?)Of((int?)null) ?? -1, (int)Of((short?)3)!);
        Line("null-coalescing"u8, Of((int?)null) ?? Of((int?)4) ?? 5, Of((int?)3) ?? 9);
        Line("null-coalescing assignment"u8, CoalescingAssignment(null), CoalescingAssignment(8));
        Line("numeric literals"u8, 0b1010_1010, 0xFFFF_FFFF, 1_000_000, 0x7FFF_FFFF_FFFF_FFFF);
        Line("sizeof"u8, sizeof(int) + sizeof(long), sizeof(char), sizeof(bool), sizeof(Flags));
        Line("default"u8, default(int), Default<long>(), default(bool) ? 1 : 0);
        Line("nameof"u8, nameof(Integers).Length, nameof(Flags.Both).Length);
        Line("multiplication of 64 bits"u8, unchecked(Of(0x123456789ABCDEFL) * 31), (long)unchecked(Of(ulong.MaxValue) * 3));
    }

    [Flags]
    private enum Flags
    {
        A = 1,
        B = 2,
        C = 4,
        Both = A | B,
    }

    private static int Increments(int n)
    {
        int first = n++ + ++n;
        int second = n-- - --n;
        return (first * 100) + (second * 10) + n;
    }

    private static int Compound(int n)
    {
        n += 3;
        n -= 1;
        n *= 6;
        n /= 4;
        n %= 7;
        n <<= 4;
        n >>= 1;
        n |= 1;
        n &= 0xFD;
        n ^= 0x55;
        n >>>= 1;
        return n;
    }

    private static int CompoundByte(byte n)
    {
        unchecked
        {
            n += 10;
            n *= 3;
            n++;
        }

        return n;
    }

    private static long Order()
    {
        int i = 1;
        int r = i + (i = 5) * i++ + i;
        int trace = 0;
        int Next(int n)
        {
            trace = (trace * 10) + n;
            return n;
        }

        Span<int> cells = stackalloc int[4];
        cells[Next(1)] = Next(2) + (Next(3) * Next(4));
        return (trace * 1000L) + (r * 10) + cells[1];
    }

    private static int ShortCircuit()
    {
        int count = 0;
        bool Count(bool result)
        {
            count++;
            return result;
        }

        _ = Count(false) && Count(true);
        _ = Count(true) || Count(true);
        _ = Count(false) & Count(true);
        return count;
    }

    private static int Character(char c)
    {
        c++;
        c += '\x1';
        return c;
    }

    private static int CoalescingAssignment(int? n)
    {
        n ??= 7;
        return n.Value;
    }

    private static T? Default<T>() => default;
}
