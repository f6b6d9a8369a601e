using System;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// One line of text for a person, built on the stack and written with a single write(2), so that lines of several
/// processes do not mix. What does not fit is cut off.
/// </summary>
internal unsafe ref struct Message
{
    /// <summary>Three times the longest message of fixed text; only an argument that is quoted back can be longer.</summary>
    private const int Capacity = 256;

    private fixed byte _text[Capacity];
    private int _length;

    /// <summary>An empty line. (The buffer is not cleared: nothing past the length is ever read.)</summary>
    public Message() => _length = 0;

    /// <summary>Adds text; one byte stays free for the end of the line.</summary>
    internal void Add(ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (_length < Capacity - 1)
            {
                _text[_length++] = character;
            }
        }
    }

    /// <summary>Adds a number in decimal.</summary>
    internal void Add(uint number)
    {
        const int longest = 10; // digits of 4,294,967,295
        byte* digits = stackalloc byte[longest];
        int first = longest;
        do
        {
            digits[--first] = (byte)('0' + number % 10);
            number /= 10;
        }
        while (number != 0);
        Add(new ReadOnlySpan<byte>(digits + first, longest - first));
    }

    /// <summary>Adds <c>0.0.0.0:8080</c>.</summary>
    internal void Add(Endpoint endpoint)
    {
        Add(endpoint.Address >> 24);
        Add("."u8);
        Add(endpoint.Address >> 16 & 0xFF);
        Add("."u8);
        Add(endpoint.Address >> 8 & 0xFF);
        Add("."u8);
        Add(endpoint.Address & 0xFF);
        Add(":"u8);
        Add(endpoint.Port);
    }

    /// <summary>Adds <c>address already in use (EADDRINUSE)</c>, or <c>error 77</c> where there are no words for it.</summary>
    /// <param name="result">What the system call returned: a negative errno.</param>
    internal void AddError(nint result)
    {
        ReadOnlySpan<byte> description = Errno.Describe((int)-result);
        if (description.IsEmpty)
        {
            Add("error "u8);
            Add((uint)-result);
        }
        else
        {
            Add(description);
        }
    }

    /// <summary>Ends the line and writes it to standard error.</summary>
    internal void WriteLine<TKernel>()
        where TKernel : struct, IKernel
    {
        _text[_length++] = (byte)'\n';
        fixed (byte* text = _text)
        {
            Write<TKernel>(StandardError, new ReadOnlySpan<byte>(text, _length));
        }
    }

    /// <summary>The descriptor of standard output, stdin(3).</summary>
    internal const int StandardOutput = 1;

    /// <summary>The descriptor of standard error, stdin(3).</summary>
    internal const int StandardError = 2;

    /// <summary>
    /// Writes all of the text, as far as somebody takes it. A closed or full standard stream is no reason for a server to
    /// stop, so the result says so but need not be looked at.
    /// </summary>
    internal static bool Write<TKernel>(int fd, ReadOnlySpan<byte> text)
        where TKernel : struct, IKernel
    {
        fixed (byte* bytes = text)
        {
            return Connection.Write<TKernel>(fd, bytes, text.Length);
        }
    }
}
