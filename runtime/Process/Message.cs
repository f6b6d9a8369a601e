using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Process;

/// <summary>The messages of the engine, in the order of their texts.</summary>
internal enum MessageNumber
{
    Accept,
    AcceptAgain,
    Fork,
    ForkAgain,
    Poll,
    BlockSignals,
    SignalAction,
    SignalDescriptor,
    Socket,
    SocketOption,
    Bind,
    Listen,
    UnknownOption,
    NoValue,
    NoPort,
    NoAddress,
    WrongThread,
}

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

    /// <summary>
    /// Room for the longest fixed text (80) with an endpoint (21) and an error (53), or with a quoted text. A structure, for the compiler
    /// guards an array on the stack with more code than the message has.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = QuotedLength + 100)]
    private struct Line
    {
        internal byte First;
    }

    /// <summary>
    /// The texts, one behind the other: a number is less code than an address, and a single constant has no padding. See below for the
    /// characters that stand for something.
    /// </summary>
    private static ReadOnlySpan<byte> Texts =>
        "accept: !\0"u8 +
        "retrying accept: !\0"u8 +
        "fork: !\0"u8 +
        "retrying fork: !\0"u8 +
        "poll: !\0"u8 +
        "rt_sigprocmask: !\0"u8 +
        "rt_sigaction: !\0"u8 +
        "signalfd4: !\0"u8 +
        "socket: !\0"u8 +
        "setsockopt: !\0"u8 +
        "bind @: !\0"u8 +
        "listen @: !\0"u8 +
        "$: unknown option; see --help\0"u8 +
        "$ needs a value; see --help\0"u8 +
        "$: not a port number, 0 to 65535\0"u8 +
        "$: not an IPv4 address\0"u8
#if !FREESTANDING
        + "Run was called on another thread than the one that Main runs on; call it there"u8
#endif
        ;

    /// <summary>
    /// Writes one of the engine's messages, for a server that has any. A closed or full standard error is no reason for it to stop.
    /// </summary>
    internal static void WriteLine<TKernel, TServer>(MessageNumber number, void* what, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasMessages)
        {
            WriteNumbered<TKernel>(number, what, result);
        }
    }

    /// <summary>The same with a text that only some engines have, so that the others do without it.</summary>
    internal static void WriteLine<TKernel, TServer>(ReadOnlySpan<byte> format, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
        => WriteLine<TKernel, TServer>(format, null, result);

    /// <summary>The same with something that the text names.</summary>
    internal static void WriteLine<TKernel, TServer>(ReadOnlySpan<byte> format, void* what, int result)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        if (TServer.HasMessages)
        {
            WriteLine<TKernel>(CString.Of(format), what, result);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteNumbered<TKernel>(MessageNumber number, void* what, int result)
        where TKernel : struct, IKernel
    {
        byte* format = CString.Of(Texts);
        for (; number > 0; number--)
        {
            format = CString.End(format) + 1;
        }

        WriteLine<TKernel>(format, what, result);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="format">The line, in which some characters stand for what follows.</param>
    /// <param name="what"><c>$</c>: text that is not fixed; <c>@</c>: a <see cref="sockaddr_in"/>.</param>
    /// <param name="result"><c>!</c>, which is the end of a message: what a system call returned, a negative errno.</param>
    internal static void WriteLine<TKernel>(byte* format, void* what, int result)
        where TKernel : struct, IKernel
    {
        Line line;
        byte* end = (byte*)&line;
        while (true)
        {
            byte character = *format++;
            if (character == '$')
            {
                byte* text = (byte*)what;
                byte* limit = end + QuotedLength;
                while (*text != 0 && end != limit)
                {
                    *end++ = *text++;
                }
            }
            else if (character == '@')
            {
                // 0.0.0.0:8080
                sockaddr_in* endpoint = (sockaddr_in*)what;
                byte* part = (byte*)&endpoint->sin_addr;
                do
                {
                    end = Number(end, *part++, '.');
                }
                while (part != (byte*)&endpoint->sin_zero);

                end[-1] = (byte)':';
                end = Number(end, BinaryPrimitives.ReverseEndianness(endpoint->sin_port), 0) - 1;
            }
            else if (character == '!')
            {
                // address already in use (EADDRINUSE), or errno 77 where there are no words for it
                format = Errno.Describe(-result);
            }
            else if (character == '#')
            {
                end = Number(end, (uint)-result, 0) - 1;
            }
            else if (character == 0)
            {
                break;
            }
            else
            {
                *end++ = character;
            }
        }

        *end++ = (byte)'\n';
        _ = TKernel.write(StandardError, &line, (nuint)(end - (byte*)&line));
    }

    /// <summary>A number in decimal, and what follows it.</summary>
    internal static byte* Number(byte* end, uint number, int follows)
    {
        uint tenth = number / 10;
        if (tenth != 0)
        {
            end = Number(end, tenth, 0) - 1;
        }

        *end++ = (byte)('0' + number - tenth * 10);
        *end++ = (byte)follows;
        return end;
    }
}
