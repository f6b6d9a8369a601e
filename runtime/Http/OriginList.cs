using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>Origins whose pages may do something, as browsers write them (RFC 6454, section 6.2): each ended by a NUL.</summary>
internal static unsafe class OriginList
{
    /// <summary>Which of them an origin is; -1 where it is none.</summary>
    internal static int IndexOf(byte* origin, int length, ReadOnlySpan<byte> list)
    {
        if (list.Length != 0)
        {
            int index = 0;
            byte* next = CString.Of(list);
            for (byte* end = next + list.Length; next < end; next = CString.End(next) + 1)
            {
                if (RequestOrigin.Is(origin, length, next))
                {
                    return index;
                }

                index++;
            }
        }

        return -1;
    }
}
