using System.Runtime.CompilerServices;

namespace System.Numerics;

/// <summary>Bits counted, found and turned. The AOT compiler uses an instruction where the target has one.</summary>
public static class BitOperations
{
    public static bool IsPow2(int value) => (value & (value - 1)) == 0 && value > 0;

    public static bool IsPow2(uint value) => (value & (value - 1)) == 0 && value != 0;

    public static bool IsPow2(long value) => (value & (value - 1)) == 0 && value > 0;

    public static bool IsPow2(ulong value) => (value & (value - 1)) == 0 && value != 0;

    public static bool IsPow2(nint value) => IsPow2((long)value);

    public static bool IsPow2(nuint value) => IsPow2((ulong)value);

    public static uint RoundUpToPowerOf2(uint value) => (uint)(0x1_0000_0000UL >> LeadingZeroCount(value - 1));

    public static ulong RoundUpToPowerOf2(ulong value)
    {
        int shift = 64 - LeadingZeroCount(value - 1);
        return (1UL ^ (ulong)(shift >> 6)) << shift; // a shift of 64 leaves nothing
    }

    /// <summary>32 for zero.</summary>
    [Intrinsic]
    public static int LeadingZeroCount(uint value) => value == 0 ? 32 : 31 - Log2(value);

    /// <summary>64 for zero.</summary>
    [Intrinsic]
    public static int LeadingZeroCount(ulong value) => value == 0 ? 64 : 63 - Log2(value);

    [Intrinsic]
    public static int LeadingZeroCount(nuint value) => LeadingZeroCount((ulong)value);

    /// <summary>The position of the highest bit; 0 for zero.</summary>
    [Intrinsic]
    public static int Log2(uint value)
    {
        int position = 0;
        for (value >>= 1; value != 0; value >>= 1)
        {
            position++;
        }

        return position;
    }

    /// <summary>The position of the highest bit; 0 for zero.</summary>
    [Intrinsic]
    public static int Log2(ulong value) => value >> 32 != 0 ? 32 + Log2((uint)(value >> 32)) : Log2((uint)value);

    [Intrinsic]
    public static int Log2(nuint value) => Log2((ulong)value);

    // Sums of neighbours, in pairs, fours and eights; the product adds the bytes up in the highest one.
    [Intrinsic]
    public static int PopCount(uint value)
    {
        value -= (value >> 1) & 0x55555555;
        value = (value & 0x33333333) + ((value >> 2) & 0x33333333);
        return (int)((((value + (value >> 4)) & 0x0F0F0F0F) * 0x01010101) >> 24);
    }

    [Intrinsic]
    public static int PopCount(ulong value) => PopCount((uint)value) + PopCount((uint)(value >> 32));

    [Intrinsic]
    public static int PopCount(nuint value) => PopCount((ulong)value);

    /// <summary>32 for zero.</summary>
    [Intrinsic]
    public static int TrailingZeroCount(int value) => TrailingZeroCount((uint)value);

    /// <summary>32 for zero.</summary>
    [Intrinsic]
    public static int TrailingZeroCount(uint value) => PopCount(~value & (value - 1));

    /// <summary>64 for zero.</summary>
    [Intrinsic]
    public static int TrailingZeroCount(long value) => TrailingZeroCount((ulong)value);

    /// <summary>64 for zero.</summary>
    [Intrinsic]
    public static int TrailingZeroCount(ulong value) => PopCount(~value & (value - 1));

    [Intrinsic]
    public static int TrailingZeroCount(nint value) => TrailingZeroCount((ulong)value);

    [Intrinsic]
    public static int TrailingZeroCount(nuint value) => TrailingZeroCount((ulong)value);

    [Intrinsic]
    public static uint RotateLeft(uint value, int offset) => (value << offset) | (value >> (32 - offset));

    [Intrinsic]
    public static ulong RotateLeft(ulong value, int offset) => (value << offset) | (value >> (64 - offset));

    [Intrinsic]
    public static nuint RotateLeft(nuint value, int offset) => (nuint)RotateLeft((ulong)value, offset);

    [Intrinsic]
    public static uint RotateRight(uint value, int offset) => (value >> offset) | (value << (32 - offset));

    [Intrinsic]
    public static ulong RotateRight(ulong value, int offset) => (value >> offset) | (value << (64 - offset));

    [Intrinsic]
    public static nuint RotateRight(nuint value, int offset) => (nuint)RotateRight((ulong)value, offset);
}
