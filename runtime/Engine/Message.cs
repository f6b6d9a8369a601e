using System;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// One line of text for a person, on standard error. It is put together on the stack and written with a single write(2), so
/// that lines of several processes do not mix.
/// </summary>
internal static unsafe class Message
{
    /// <summary>The descriptor of standard output, stdin(3).</summary>
    internal const int StandardOutput = 1;

    /// <summary>The descriptor of standard error, stdin(3).</summary>
    internal const int StandardError = 2;

    /// <summary>
    /// The longest line. Fixed text is shorter by far; only an argument that is quoted back can be longer, and is cut off.
    /// </summary>
    private const int Capacity = 256;

    /// <summary>Writes a line. A closed or full standard error is no reason for a server to stop.</summary>
    /// <param name="format">
    /// The text, in which <c>$</c> stands for <paramref name="text"/>, <c>@</c> for <paramref name="endpoint"/> and
    /// <c>!</c> for the error of <paramref name="result"/>.
    /// </param>
    /// <param name="text">Text that is not fixed, ended by a NUL; null where the format has none.</param>
    /// <param name="endpoint">A place to listen.</param>
    /// <param name="result">What a system call returned: a negative errno.</param>
    internal static void WriteLine<TKernel>(ReadOnlySpan<byte> format, byte* text = null, Endpoint endpoint = default, nint result = 0)
        where TKernel : struct, IKernel
    {
        byte* line = stackalloc byte[Capacity];
        byte* end = Format(line, line + Capacity - 1, format, text, endpoint, result);
        *end++ = (byte)'\n';
        _ = Connection.Write<TKernel>(StandardError, line, (int)(end - line));
    }

    private static byte* Format(byte* to, byte* limit, ReadOnlySpan<byte> format, byte* text, Endpoint endpoint, nint result)
    {
        foreach (byte character in format)
        {
            if (character == '$')
            {
                to = Copy(to, limit, text);
            }
            else if (character == '@')
            {
                // 0.0.0.0:8080
                for (int shift = 24; shift >= 0; shift -= 8)
                {
                    to = Number(to, limit, endpoint.Address >> shift & 0xFF);
                    to = Append(to, limit, shift > 0 ? (byte)'.' : (byte)':');
                }

                to = Number(to, limit, endpoint.Port);
            }
            else if (character == '!')
            {
                // address already in use (EADDRINUSE), or error 77 where there are no words for it
                byte* description = Errno.Describe((int)-result);
                to = description != null
                    ? Copy(to, limit, description)
                    : Number(Format(to, limit, "error "u8, null, default, 0), limit, (uint)-result);
            }
            else
            {
                to = Append(to, limit, character);
            }
        }

        return to;
    }

    private static byte* Append(byte* to, byte* limit, byte character)
    {
        if (to < limit)
        {
            *to++ = character;
        }

        return to;
    }

    private static byte* Copy(byte* to, byte* limit, byte* text)
    {
        for (; *text != 0; text++)
        {
            to = Append(to, limit, *text);
        }

        return to;
    }

    /// <summary>In decimal.</summary>
    private static byte* Number(byte* to, byte* limit, uint number)
    {
        if (number > 9)
        {
            to = Number(to, limit, number / 10);
        }

        return Append(to, limit, (byte)('0' + number % 10));
    }
}
