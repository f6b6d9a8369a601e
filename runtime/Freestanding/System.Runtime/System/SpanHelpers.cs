using System.Runtime.CompilerServices;

namespace System;

/// <summary>
/// Moving, filling and comparing bytes. The AOT compiler knows these by name: it writes out calls with a small constant length, and
/// calls them itself for the copies and the zeroing of large structs (before version 10 by symbols that are in StartCode.S).
/// </summary>
internal static unsafe class SpanHelpers
{
    [Intrinsic]
    internal static void Memmove(ref byte dest, ref byte src, nuint len)
    {
        byte* to = (byte*)Unsafe.AsPointer(ref dest);
        byte* from = (byte*)Unsafe.AsPointer(ref src);
        if ((nuint)(to - from) >= len)
        {
            // Apart, or the destination is the lower one: upwards, each word is read before anything is written over it.
            for (; len >= sizeof(ulong); len -= sizeof(ulong), to += sizeof(ulong), from += sizeof(ulong))
            {
                *(ulong*)to = *(ulong*)from;
            }

            for (; len != 0; len--)
            {
                *to++ = *from++;
            }
        }
        else
        {
            for (; len >= sizeof(ulong); len -= sizeof(ulong))
            {
                *(ulong*)(to + len - sizeof(ulong)) = *(ulong*)(from + len - sizeof(ulong));
            }

            for (; len != 0; len--)
            {
                to[len - 1] = from[len - 1];
            }
        }
    }

    [Intrinsic]
    internal static void ClearWithoutReferences(ref byte dest, nuint len) => Fill(ref dest, 0, len);

    [Intrinsic]
    internal static void Fill(ref byte dest, byte value, nuint len)
    {
        byte* to = (byte*)Unsafe.AsPointer(ref dest);
        ulong word = value * 0x0101010101010101UL;
        for (; len >= sizeof(ulong); len -= sizeof(ulong), to += sizeof(ulong))
        {
            *(ulong*)to = word;
        }

        for (; len != 0; len--)
        {
            *to++ = value;
        }
    }

    [Intrinsic]
    internal static bool SequenceEqual(ref byte first, ref byte second, nuint length)
    {
        byte* a = (byte*)Unsafe.AsPointer(ref first);
        byte* b = (byte*)Unsafe.AsPointer(ref second);
        for (; length >= sizeof(ulong); length -= sizeof(ulong), a += sizeof(ulong), b += sizeof(ulong))
        {
            if (*(ulong*)a != *(ulong*)b)
            {
                return false;
            }
        }

        for (; length != 0; length--)
        {
            if (*a++ != *b++)
            {
                return false;
            }
        }

        return true;
    }
}
