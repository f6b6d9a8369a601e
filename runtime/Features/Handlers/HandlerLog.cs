using System.Runtime.CompilerServices;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Features;

/// <summary>Writes a line of a handler's to standard error.</summary>
internal static unsafe class HandlerLog
{
    /// <summary>Bytes of one that is escaped: <c>\x0A</c>.</summary>
    private const int Escaped = 4;

    /// <summary>A line, which is written at once: lines of several processes do not mix.</summary>
    [InlineArray(Layout.LogBatch)]
    private struct Line
    {
        internal byte First;
    }

    /// <summary>Writes a line. Control characters are escaped, so it is one; of one that is too long the beginning is written.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Write<TKernel>(byte* text, int length)
        where TKernel : struct, IKernel
    {
        Unsafe.SkipInit(out Line line);
        byte* to = &line.First;
        byte* limit = to + Layout.LogBatch - 1;
        for (byte* end = text + length; text < end; text++)
        {
            bool isControl = *text is < 0x20 or 0x7F;
            if (limit - to < (isControl ? Escaped : 1))
            {
                break;
            }

            if (isControl)
            {
                *to++ = (byte)'\\';
                *to++ = (byte)'x';
                *to++ = HexadecimalNumber.Digit(*text >> 4);
                *to++ = HexadecimalNumber.Digit(*text & 0xF);
            }
            else
            {
                *to++ = *text;
            }
        }

        *to++ = (byte)'\n';
        _ = TKernel.write(2, &line.First, (nuint)(to - &line.First));
    }
}
