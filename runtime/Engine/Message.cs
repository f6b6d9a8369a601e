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

    /// <summary>How much of a text that is not fixed is quoted at most.</summary>
    private const int QuotedLength = 200;

    /// <summary>Room for the longest fixed text (80) with an endpoint (21) and an error (53), or with a quoted text.</summary>
    private const int Capacity = QuotedLength + 100;

    /// <summary>Writes a line. A closed or full standard error is no reason for a server to stop.</summary>
    /// <param name="format">
    /// The line, in which <c>$</c> stands for <paramref name="text"/>, <c>@</c> for <paramref name="endpoint"/> and
    /// <c>!</c> for the error of <paramref name="result"/>.
    /// </param>
    /// <param name="text">Text that is not fixed.</param>
    /// <param name="endpoint">A place to listen.</param>
    /// <param name="result">What a system call returned: a negative errno.</param>
    internal static void WriteLine<TKernel>(byte* format, byte* text = null, Endpoint endpoint = default, nint result = 0)
        where TKernel : struct, IKernel
    {
        byte* line = stackalloc byte[Capacity];
        byte* end = line;
        for (; *format != 0; format++)
        {
            byte character = *format;
            if (character == '$')
            {
                byte* limit = end + QuotedLength;
                while (*text != 0 && end < limit)
                {
                    *end++ = *text++;
                }
            }
            else if (character == '@')
            {
                // 0.0.0.0:8080
                end = Number(end, endpoint.Address >> 24, '.');
                end = Number(end, endpoint.Address >> 16 & 0xFF, '.');
                end = Number(end, endpoint.Address >> 8 & 0xFF, '.');
                end = Number(end, endpoint.Address & 0xFF, ':');
                end = Number(end, endpoint.Port, 0) - 1;
            }
            else if (character == '!')
            {
                // address already in use (EADDRINUSE), or errno 77 where there are no words for it
                byte* description = Errno.Describe((int)-result);
                while (*description != 0)
                {
                    *end++ = *description++;
                }

                if (end[-1] == ' ')
                {
                    end = Number(end, (uint)-result, 0) - 1;
                }
            }
            else
            {
                *end++ = character;
            }
        }

        *end++ = (byte)'\n';
        _ = Connection.Write<TKernel>(StandardError, line, (int)(end - line));
    }

    /// <summary>A number in decimal, and what follows it.</summary>
    private static byte* Number(byte* end, uint number, int follows)
    {
        if (number > 9)
        {
            end = Number(end, number / 10, 0) - 1;
        }

        *end++ = (byte)('0' + number % 10);
        *end++ = (byte)follows;
        return end;
    }
}
