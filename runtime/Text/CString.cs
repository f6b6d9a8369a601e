using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SyscallServer.Internal.Text;

/// <summary>
/// Text as the kernel and C have it: bytes up to a NUL. A UTF-8 literal of C# lies in read-only data with a NUL behind it (C#
/// specification, UTF-8 string literals), so its address is all it takes.
/// </summary>
internal static unsafe class CString
{
    /// <summary>The address of a literal.</summary>
    internal static byte* Of(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));

    /// <summary>The NUL at the end of a text.</summary>
    internal static byte* End(byte* text)
    {
        while (*text != 0)
        {
            text++;
        }

        return text;
    }

    /// <summary>Where the text goes on after the prefix, or null where it begins otherwise.</summary>
    internal static byte* After(byte* text, byte* prefix)
    {
        for (; *prefix != 0; prefix++)
        {
            if (*text++ != *prefix)
            {
                return null;
            }
        }

        return text;
    }
}
