using System;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// Writes the head of a response that is not planned, line after line, into an <see cref="Output"/> that has room: a status line, field lines, the end. A body
/// may follow in the output, or a file (<see cref="Exchange.File"/>). All together has at most <see cref="IApp.LongestResponse"/> bytes.
/// </summary>
internal static unsafe class ResponseHead
{
    /// <summary>Begins with the status line.</summary>
    /// <param name="output">The output, which has room for another response.</param>
    /// <param name="status">The status code and its reason phrase: <c>200 OK</c>.</param>
    internal static void Begin(Output* output, ReadOnlySpan<byte> status)
    {
        Append(output, "HTTP/1.1 "u8);
        Append(output, status);
    }

    /// <summary>Begins a field line; what is appended from here on is its value. It also ends the line before.</summary>
    /// <param name="output">The output.</param>
    /// <param name="name">The line's beginning, behind the end of the one before: <c>\r\nETag: </c>.</param>
    internal static void Append(Output* output, ReadOnlySpan<byte> name) => Append(output, CString.Of(name), name.Length);

    /// <summary>Goes on with bytes.</summary>
    internal static void Append(Output* output, byte* bytes, int length)
    {
        byte* to = output->Buffer + output->Length;
        for (nint i = 0; i < length; i++)
        {
            to[i] = bytes[i];
        }

        output->Length += length;
    }

    /// <summary>Goes on with a number, in decimal digits.</summary>
    internal static void Append(Output* output, ulong number)
    {
        byte* to = output->Buffer + output->Length;
        output->Length += (int)(DecimalNumber.Write(to, number) - to);
    }

    /// <summary>Goes on with a date (RFC 9110, section 5.6.7).</summary>
    /// <param name="output">The output.</param>
    /// <param name="seconds">Seconds since 1970.</param>
    internal static void AppendDate(Output* output, long seconds)
    {
        // Written with the name of another field in front, over which what was there comes again.
        const int name = 6;
        const int end = 2;
        byte* to = output->Buffer + output->Length - name;
        ulong before = *(ulong*)to;
        HttpDate.Write(to, seconds);
        *(uint*)to = (uint)before;
        *(ushort*)(to + sizeof(uint)) = (ushort)(before >> 32);
        output->Length += HttpDate.Length - name - end;
    }

    /// <summary>Ends the head: the date, what is to be said of the connection, and the empty line.</summary>
    internal static void End<TApp>(Output* output)
        where TApp : struct, IApp
    {
        byte* to = output->Buffer + output->Length;
        *(ushort*)to = 0x0A0D;
        to = Output.End<TApp>(output, to + 2, output->Exchange->Connection);
        output->Length = (int)(to - output->Buffer);
    }
}
